/*
 * Symbian installers and the worms that travelled by MMS (CommWarrior, Mabir, Cabir). The numbers are the UIDs of the
 * installer formats, little-endian.
 */

rule MAL_MMS_Symbian_SIS : symbian program
{
    meta:
        id = "d94aec0b-a73d-4065-a413-6ebb8b6486aa"
        description = "Detects a Symbian installer of EPOC or Symbian 6 to 8 (SIS), the carrier of the CommWarrior and Cabir worms"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "http://www.thoukydides.webspace.virginmedia.com/software/psifs/sis.html"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Other Symbian files share one of the two identifiers, never both"
        default_action = "block"
    condition:
        uint32(8) == 0x10000419
        and (uint32(4) == 0x1000006D or uint32(4) == 0x10003A12)
}

rule MAL_MMS_Symbian_SISX : symbian program
{
    meta:
        id = "9298b02d-7802-40b3-92e7-54ecf97fa79f"
        description = "Detects a Symbian 9 installer (SISX) by its first identifier"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "http://www.thoukydides.webspace.virginmedia.com/software/psifs/sis.html"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "The four bytes must be the first of the file and a header must follow"
        default_action = "block"
    condition:
        uint32(0) == 0x10201A7A
        and filesize >= 16
}

rule MAL_MMS_Symbian_Worm : symbian program
{
    meta:
        id = "2632caf2-3bd0-4482-af1e-ff8d951ee410"
        description = "Detects a Symbian installer that holds the file names of the CommWarrior or Cabir worms"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 95
        severity = "critical"
        reference = "F-Secure virus descriptions: CommWarrior, Cabir"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "Texts about the worms name the files but are no installers"
        default_action = "block"
    strings:
        $commwarrior_exe = "commwarrior.exe" ascii wide nocase
        $commrec_mdl = "commrec.mdl" ascii wide nocase
        $caribe_app = "caribe.app" ascii wide nocase
        $caribe_folder = "CARIBESECURITYMANAGER" ascii wide nocase
    condition:
        (uint32(8) == 0x10000419 or uint32(0) == 0x10201A7A)
        and any of them
}
