/* What a file name does to the reader's eye. Names and types that contradict each other are the business of the detectors. */

rule SUSP_MMS_File_Name_Bidi_Override : filename spoofing
{
    meta:
        id = "79187530-293b-4bd6-a146-74f7171b091a"
        description = "Detects a file name with a bidirectional embedding, override or isolate, which shows an extension that the file does not have"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 60
        severity = "medium"
        reference = "https://attack.mitre.org/techniques/T1036/002/, CVE-2009-3376"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Hebrew and Arabic names need no such control; the plain marks (200E, 200F) are not judged"
        default_action = "quarantine"
    condition:
        filename contains "\xE2" // asked first: to read the name costs more than the rest
        and for any control in (
            "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8"
        ) : ( filename contains control )
}
