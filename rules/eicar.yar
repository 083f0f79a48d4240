/*
 * The EICAR test file, with which the engine shows that a rule set works. By its definition the string begins the file, and
 * only white space may follow, up to 128 bytes. Its halves stand apart, so that no scanner takes this file for it.
 */

rule TEST_MMS_EICAR : test
{
    meta:
        id = "303f57cc-a2ae-406b-935a-af39e7c6f2d3"
        description = "Detects the EICAR anti-virus test file, which is harmless and shows that a rule set is alive"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 100
        severity = "critical"
        reference = "https://www.eicar.org/download-anti-malware-testfile/"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member, text"
        fp_notes = "Texts that quote the string: it must begin the file, and at most 60 bytes may follow"
        default_action = "block"
    strings:
        $first_half = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
        $second_half = "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    condition:
        filesize <= 128
        and $first_half at 0
        and $second_half at 33
}
