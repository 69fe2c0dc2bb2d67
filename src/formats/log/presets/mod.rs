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
    "evtxecmd": "EvtxECmd: event logs of Windows";
    "mftecmd": "MFTECmd: the $MFT, or its list of files; Windows.NTFS.MFT of Velociraptor";
    "mftecmd-usn": "MFTECmd: the journal $J";
    "pecmd": "PECmd: prefetch files";
    "pecmd-timeline": "PECmd: the timeline of prefetch files";
    "amcache-files": "AmcacheParser: files";
    "amcache": "AmcacheParser: programs, shortcuts, drivers and devices";
    "appcompatcache": "AppCompatCacheParser: the ShimCache";
    "recmd": "RECmd: the registry, by a batch file";
    "lecmd": "LECmd: shortcuts";
    "jlecmd": "JLECmd: jump lists";
    "sbecmd": "SBECmd: shellbags";
    "rbcmd": "RBCmd: the recycle bin";
    "wxtcmd": "WxTCmd: activities";
    "chainsaw": "Chainsaw: hunts as CSV";
    "chainsaw-json": "Chainsaw: hunts as JSON";
    "chainsaw-shimcache": "Chainsaw: the analysis of the ShimCache";
    "mactime": "mactime: with `-d`";
    "bodyfile": "The Sleuth Kit: body files";
    "tln": "TLN, without a header";
    "plaso-tln": "plaso: tln and l2ttln";
    "plaso-json": "plaso: json";
    "memprocfs": "MemProcFS: timelines as CSV";
    "cybertriage": "Cyber Triage: the timeline as CSV";
    "forensic-timeliner": "Forensic Timeliner";
    "velociraptor-timeline": "Velociraptor: Windows.Timeline";
    "velociraptor-evtx": "Velociraptor: records of event logs, as Windows.EventLogs.Evtx";
    "velociraptor-events": "Velociraptor: Windows.EventLogs.EvtxHunter and its kin";
    "velociraptor-usn": "Velociraptor: Windows.Forensics.Usn";
    "journald": "systemd: the journal as JSON, or in its export format";
    "issen": "Issen: the timeline as CSV";
    "tl": "tl: the timeline as CSV";
    "kanvas": "Kanvas: the sheet `Timeline`";
    "aurora": "Aurora Incident Response: the timeline as CSV";
    "aurora-case": "Aurora Incident Response: the case as it is saved";
    "iris-export": "DFIR-IRIS: the timeline as CSV";
    "iris-import": "DFIR-IRIS: the form in which a timeline is uploaded";
    "thehive": "TheHive: alerts and cases as JSON";
    "m365-audit-csv": "Microsoft 365: the audit log of the portal or of PowerShell, with `AuditData`";
    "m365-audit": "Microsoft 365: audit records as JSON";
    "entra-signins-csv": "Entra: sign-ins of the portal as CSV";
    "entra-audit-csv": "Entra: the audit log of the portal as CSV";
    "entra-signins": "Entra: sign-ins as JSON";
    "entra-audit": "Entra: the audit log as JSON";
    "sentinel": "Sentinel and Log Analytics: any table with `TimeGenerated`";
    "defender": "Defender: tables of advanced hunting";
    "azure-activity": "Azure: the activity log as JSON";
    "azure-resource-log": "Azure: resource logs, such as those in storage";
    "cloudtrail": "AWS CloudTrail: records, in `Records` or alone";
    "cloudtrail-lookup": "AWS CloudTrail: what `aws cloudtrail lookup-events` prints";
    "gcp-audit": "Google Cloud: audit logs and other log entries as JSON";
    "okta": "Okta: the System Log as JSON";
    "suricata": "Suricata: `eve.json`";
    "slack": "Slack: the messages of an export";
    "zeek": "Zeek: logs with tabs";
    "zeek-json": "Zeek: logs as JSON";
    "timelinejs": "TimelineJS: the spreadsheet as CSV";
    "timelinejs-json": "TimelineJS: JSON";
    "veris": "VERIS: incidents as JSON, such as VCDB";
    "cfr": "CFR Cyber Operations Tracker: the download as CSV";
    "elastic": "Elasticsearch, OpenSearch and Kibana: documents with `@timestamp`";
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
