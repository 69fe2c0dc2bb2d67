//! The connection to the editor: messages in, answers out, until the editor says `exit` or hangs up.

use std::sync::mpsc;
use std::thread;

use lsp_server::{Connection, Message};

use super::server::{Server, ServerEnd};

/// Serves the editor at the other end of standard input and output.
pub fn serve_stdio() -> ServerEnd {
    let (connection, threads) = Connection::stdio();
    let end = serve(connection);
    // The thread that reads ends only with `exit` or the input.
    if end == ServerEnd::Orderly {
        let _ = threads.join();
    }
    end
}

/// Serves the editor at the other end of a connection.
///
/// All waiting messages are taken before a text is checked, so only the newest of several versions is checked.
pub fn serve(connection: Connection) -> ServerEnd {
    let Connection { sender, receiver } = connection;
    let (queue, queued) = mpsc::channel();
    // The receiver holds one message at a time. A queue of any length lets the reader go on while a text is checked.
    let pump = thread::Builder::new()
        .name("queue of messages".to_owned())
        .spawn(move || {
            receiver
                .into_iter()
                .try_for_each(|message| queue.send(message))
        });
    if pump.is_err() {
        return ServerEnd::Abrupt;
    }
    let send = |message: Message| sender.send(message).is_ok();
    let mut server = Server::default();
    let mut is_closed = false;
    while !is_closed {
        let Ok(first) = queued.recv() else {
            return ServerEnd::Abrupt;
        };
        let mut waiting = Some(first);
        while let Some(message) = waiting {
            server.take(message);
            if let Some(end) = server.end() {
                flush(&mut server, &send);
                return end;
            }
            waiting = queued.try_recv().ok();
        }
        // Answers first: a check takes longer.
        let answered = flush(&mut server, &send);
        server.rest();
        is_closed = !(answered && flush(&mut server, &send));
    }
    ServerEnd::Abrupt
}

/// Sends the answers. Returns whether the editor still takes them.
fn flush(server: &mut Server, send: &dyn Fn(Message) -> bool) -> bool {
    server.answers().into_iter().all(send)
}
