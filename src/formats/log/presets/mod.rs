//! The tables of other programs that dateline knows: a mapping file each, and a list of them all.

use std::sync::{Arc, LazyLock};

use super::mapping::TableMapping;
use super::mapping::read;
use crate::diagnostic::SourceText;

/// Declares the presets, each with its file in this folder and the program or the form that it is of.
macro_rules! presets {
    ($($file:literal: $of:literal;)+) => {
        /// Every preset: its name, what it is of, and its mapping file.
        const FILES: &[(&str, &str, &str)] =
            &[$(($file, $of, include_str!(concat!($file, ".toml")))),+];
    };
}

// The more specific ones first.
presets! {
    "evtxecmd": "EvtxECmd (Zimmerman, KAPE): Windows events";
    "mftecmd": "MFTECmd: the `$MFT`, up to eight events a row";
    "mftecmd-j": "MFTECmd: the USN journal";
    "pecmd": "PECmd: prefetch files, up to eight runs a row";
    "pecmd-timeline": "PECmd: its timeline";
    "amcache": "AmcacheParser";
    "shimcache": "AppCompatCacheParser";
    "chainsaw": "Chainsaw: detections as CSV";
    "chainsaw-json": "Chainsaw: detections as JSON, in a list or in lines";
    "mactime": "The Sleuth Kit: `mactime -d`";
    "body": "The Sleuth Kit: body files, up to four events a row";
    "tln": "TLN, five values";
    "tln-7": "TLN, seven values";
    "tln-header": "TLN with a header";
    "plaso-json": "plaso: `psort.py -o json`";
    "iris-export": "DFIR-IRIS: the timeline as CSV";
    "iris-import": "DFIR-IRIS: the form in which a timeline is uploaded";
    "aurora": "Aurora Incident Response: the timeline as CSV";
    "kanvas": "Kanvas: the sheet `Timeline`";
    "thehive": "TheHive: cases and alerts as JSON";
    "memprocfs": "MemProcFS: forensic timelines";
    "cybertriage": "Cyber Triage: the timeline as CSV";
    "forensic-timeliner": "Forensic Timeliner";
    "elastic": "Elasticsearch, OpenSearch and Kibana: documents with `@timestamp`";
    "sentinel": "Microsoft Sentinel and Log Analytics: tables of the portal";
    "ual": "Microsoft 365: the unified audit log as CSV";
    "ual-json": "Microsoft 365: records of the unified audit log";
    "entra-signin": "Microsoft Entra ID: sign-ins as JSON";
    "entra-signin-csv": "Microsoft Entra ID: sign-ins as CSV";
    "entra-audit": "Microsoft Entra ID: directory audits";
    "cloudtrail": "AWS CloudTrail: files with `Records`, and their lines";
    "cloudtrail-lookup": "AWS CloudTrail: `lookup-events`";
    "okta": "Okta: the system log";
    "gcp": "Google Cloud: log entries";
    "azure": "Azure: the activity log";
    "suricata": "Suricata: `eve.json`";
    "zeek": "Zeek: logs as JSON";
    "zeek-tsv": "Zeek: logs as tables";
    "journald": "journald: `journalctl -o json`";
    "slack": "Slack: the export of a channel";
    "timelinejs": "TimelineJS: the spreadsheet";
    "timelinejs-json": "TimelineJS: JSON";
}

/// A table of a program.
#[derive(Debug)]
pub struct KnownTable {
    /// The name of its mapping file.
    pub file: &'static str,
    /// The program, or the form.
    pub of: &'static str,
    pub(super) mapping: Arc<TableMapping>,
}

impl KnownTable {
    /// The name of the program, as the source of its events has it.
    pub fn name(&self) -> &str {
        &self.mapping.name
    }

    /// The columns by which it is recognised, as Markdown.
    pub fn columns(&self) -> String {
        let groups = self.mapping.needs.iter();
        let groups = groups.map(|group| format!("`{}`", group.join("` or `")));
        groups.collect::<Vec<_>>().join(", ")
    }
}

/// The tables of other programs that are known, in the order in which they are tried.
pub fn presets() -> impl Iterator<Item = &'static KnownTable> {
    PRESETS.iter()
}

/// Every preset, in the order in which they are tried.
pub(super) static PRESETS: LazyLock<Vec<KnownTable>> = LazyLock::new(|| {
    let preset = |&(file, of, text): &(&'static str, &'static str, &'static str)| {
        let (mapping, _) = read::read(&SourceText::new(file, text));
        let mapping = Arc::new(mapping);
        KnownTable { file, of, mapping }
    };
    FILES.iter().map(preset).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_mapping_without_mistakes_and_reads_back_as_it_is_written() {
        for (name, _, text) in FILES {
            let (mapping, findings) = read::read(&SourceText::new(*name, *text));
            assert!(findings.is_empty(), "{name}: {findings:?}");
            assert!(
                !mapping.name.is_empty() && !mapping.needs.is_empty(),
                "{name}"
            );
            let written = mapping.written();
            let (again, findings) = read::read(&SourceText::new(*name, written.as_str()));
            assert!(findings.is_empty(), "{name}: {findings:?}\n{written}");
            assert_eq!(again, mapping, "{written}");
        }
    }
}
