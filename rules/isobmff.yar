/*
 * ISOBMFF (MP4, 3GP, M4A): the "Stagefright" bugs of Android up to 5.1, which MMS reached without a touch.
 *
 * A box is a u32 size, a four-letter type and the body; size 1 says that a u64 size follows. Facts are from the patches
 * of frameworks/av (commits 0b572f5d7, 55e47ec20, 738a753a3, 2c5fb0c72, f6dda8df1, 0e20b2093, 4ec8ab479, 9ad031163,
 * 7c6f217fe, c9b255b7f).
 *
 * The four letters may stand in media data by chance: each rule demands a size that fits the file and zero flags before it
 * believes a count. The loops are linear in the number of matches, and no match count is capped but in the one nested
 * loop, whose caps SUSP_MMS_ISOBMFF_Box_Flood guards.
 */

/*
 * Version and flags are 0 (ctts: version 0 or 1); 16 + count * entry <= size; stsz of sizes that differ, and stz2: 20 and
 * the entries. `b` is where the box begins, and its size is below 16 MiB, so that the patterns are long and rare.
 */
// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule EXPL_MMS_ISOBMFF_SampleTable_Overflow : stagefright isobmff
{
    meta:
        id = "7d1aabd4-b0ea-4817-8480-675572d1b084"
        description = "Detects an MP4 or 3GP file with a sample table whose entry count cannot fit into its box, so that a 32-bit product wraps"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2015-1538"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A table's name inside media data: the flags and size tests exclude it"
        cve = "CVE-2015-1538"
        default_action = "block"
    strings:
        $entry_4 = { 00 [3] 73 74 (63 6F|73 73) 00 00 00 00 }
        $entry_8 = { 00 [3] (73 74 74 73|63 6F 36 34) 00 00 00 00 }
        $ctts = { 00 [3] 63 74 74 73 (00|01) 00 00 00 }
        $stsc = { 00 [3] 73 74 73 63 00 00 00 00 }
        $stsz = { 00 [3] 73 74 73 7A 00 00 00 00 00 00 00 00 }
        $stz2 = { 00 [3] 73 74 7A 32 00 00 00 00 00 00 00 (04|08|10) }
    condition:
        is_isobmff
        and (
            for any i in (1..#stsc) : (
                with b = @stsc[i], s = uint32be(@stsc[i]) : (
                    s >= 16 and s <= filesize and 16 + uint32be(b + 12) * 12 > s
                )
            )
            or for any i in (1..#entry_8) : (
                with b = @entry_8[i], s = uint32be(@entry_8[i]) : (
                    s >= 16 and s <= filesize and 16 + uint32be(b + 12) * 8 > s
                )
            )
            or for any i in (1..#ctts) : (
                with b = @ctts[i], s = uint32be(@ctts[i]) : (
                    s >= 16 and s <= filesize and 16 + uint32be(b + 12) * 8 > s
                )
            )
            or for any i in (1..#entry_4) : (
                with b = @entry_4[i], s = uint32be(@entry_4[i]) : (
                    s >= 16 and s <= filesize and 16 + uint32be(b + 12) * 4 > s
                )
            )
            or for any i in (1..#stsz) : (
                with b = @stsz[i], s = uint32be(@stsz[i]) : (
                    s >= 20 and s <= filesize and 20 + uint32be(b + 16) * 4 > s
                )
            )
            or for any i in (1..#stz2) : (
                with b = @stz2[i], s = uint32be(@stz2[i]) : (
                    s >= 20 and s <= filesize and 160 + uint32be(b + 16) * uint8(b + 15) > s * 8
                )
            )
        )
}

/* The size of the box is added to that of the one before it: it wraps from 2^31 up, or in the 64-bit form. */
rule EXPL_MMS_ISOBMFF_tx3g_Size : stagefright isobmff
{
    meta:
        id = "d9f0520f-df29-4c6a-855b-35e2cecb8dff"
        description = "Detects an MP4 or 3GP file with a timed-text box of a 64-bit or absurd size, which overflowed the sum of chunk sizes"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 90
        severity = "critical"
        reference = "CVE-2015-3824, CVE-2015-3864"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Subtitle tracks have tx3g sample entries of 50 to 90 bytes"
        cve = "CVE-2015-3824, CVE-2015-3864"
        default_action = "block"
    strings:
        $large = { 00 00 00 01 74 78 33 67 }
        $huge = { (8?|9?|A?|B?|C?|D?|E?|F?) [3] 74 78 33 67 }
    condition:
        is_isobmff
        and any of them
}

/* A data size of 16 and less underflows, one near 2^32 overflows. */
rule EXPL_MMS_ISOBMFF_covr_Size : stagefright isobmff
{
    meta:
        id = "224bd6c3-1be1-49b2-8da8-66b221d5d834"
        description = "Detects an MP4 or M4A file whose cover-art box is too small for its headers, near 2^32 or of 64-bit size"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "CVE-2015-3827, CVE-2015-3829"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Cover art has sizes in the thousands; 'covr' in audio data has a size out of the tested bands"
        cve = "CVE-2015-3827, CVE-2015-3829"
        default_action = "block"
    strings:
        $ilst = "ilst"
        $large = { 00 00 00 01 63 6F 76 72 }
        $short = { 00 00 00 (08|09|0A|0B|0C|0D|0E|0F|10|11|12|13|14|15|16|17|18) 63 6F 76 72 }
        $huge = { FF FF FF F? 63 6F 76 72 }
    condition:
        is_isobmff
        and $ilst
        and ($large or $short or $huge)
}

/* titl, dscp, perf, auth, gnre and albm hold 4 bytes of version, 2 of language and a string: 8 to 13 underflows. */
// The one nested loop has caps, which SUSP_MMS_ISOBMFF_Box_Flood guards.
// suppress: potentially_slow_loop
rule EXPL_MMS_3GPP_Metadata_Underflow : stagefright isobmff
{
    meta:
        id = "61f0bc12-bd93-4ec9-a387-5810b9a78497"
        description = "Detects a 3GPP metadata box (title, author and the like) in user data that is too short for its own header"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "CVE-2015-3828"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A real title box has at least 15 bytes; the size is part of the pattern and a user-data box must enclose it"
        cve = "CVE-2015-3828"
        default_action = "block"
    strings:
        $short = { 00 00 00 (08|09|0A|0B|0C|0D) (74 69 74 6C|64 73 63 70|70 65 72 66|61 75 74 68|67 6E 72 65|61 6C 62 6D) }
        $udta = "udta"
    condition:
        is_isobmff
        and #udta <= 32
        and #short <= 64
        and for any u in (1..#udta) : (
            for any k in (1..#short) : (
                @short[k] > @udta[u] and @short[k] < @udta[u] - 4 + uint32be(@udta[u] - 4)
            )
        )
}

/* Version 0: type, flags, 16 bytes of system, then the size of the data: size > box - 32 reads past the box. */
// Linear in the matches: no loop stands in another.
// suppress: potentially_slow_loop
rule EXPL_MMS_ISOBMFF_pssh_Overflow : stagefright isobmff
{
    meta:
        id = "2a00ba84-b81f-4c79-b52a-2ecf1980df2a"
        description = "Detects an MP4 file with a protection-system box whose data is said to be longer than the box that holds it"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 85
        severity = "high"
        reference = "https://android.googlesource.com/platform/frameworks/av (commit c9b255b7f)"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "Only version 0 without flags is judged; version 1 has a key count in the same place"
        default_action = "block"
    strings:
        $pssh = { 00 [3] 70 73 73 68 00 00 00 00 }
    condition:
        is_isobmff
        and for any i in (1..#pssh) : (
            with b = @pssh[i], s = uint32be(@pssh[i]) : (
                s >= 8 and s <= filesize and uint32be(b + 28) > s - 32
            )
        )
}

/* Legal, but 53 real files used it for mdat only, and it hides the size from whatever reads 32 bits. */
rule SUSP_MMS_ISOBMFF_LargeSize_Metadata_Box : isobmff
{
    meta:
        id = "fb9c35e0-410d-47af-9fb7-9679d6a93425"
        description = "Detects an MP4 or 3GP file that gives a small metadata box the 64-bit form of size, which ordinary writers use for media data only"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://android.googlesource.com/platform/frameworks/av (commit 0e20b2093)"
        license = "Apache-2.0"
        confidence = "medium"
        target = "part, archive-member"
        fp_notes = "H.264 start codes are 00000001 too: the whole box type must follow"
        default_action = "quarantine"
    strings:
        $large = /\x00\x00\x00\x01(moov|moof|traf|trak|mdia|minf|stbl|stsd|stsc|stts|ctts|stss|stsz|stz2|stco|co64|mvhd|tkhd|mdhd|esds|avcC|udta|meta|ilst|pssh)/
    condition:
        is_isobmff
        and $large
}

/* Guards the caps of EXPL_MMS_3GPP_Metadata_Underflow, and the patience of whatever walks the tables after us. */
rule SUSP_MMS_ISOBMFF_Box_Flood : isobmff flood
{
    meta:
        id = "9800cb9d-0ce5-4b3c-9d6c-4e5df658cadc"
        description = "Detects an MP4 or 3GP file with so many sample tables or user-data boxes that only an attempt to exhaust or evade inspection explains it"
        author = "mmsguard"
        date = "2026-11-24"
        version = 1
        score = 65
        severity = "medium"
        reference = "https://android.googlesource.com/platform/frameworks/av (commit 25df13515)"
        license = "Apache-2.0"
        confidence = "high"
        target = "part, archive-member"
        fp_notes = "A track has at most seven tables; a message would need 280 tracks"
        default_action = "quarantine"
    strings:
        $entry_4 = { 00 [3] 73 74 (63 6F|73 73) 00 00 00 00 }
        $entry_8 = { 00 [3] (73 74 74 73|63 6F 36 34) 00 00 00 00 }
        $ctts = { 00 [3] 63 74 74 73 (00|01) 00 00 00 }
        $stsc = { 00 [3] 73 74 73 63 00 00 00 00 }
        $stsz = { 00 [3] 73 74 73 7A 00 00 00 00 00 00 00 00 }
        $stz2 = { 00 [3] 73 74 7A 32 00 00 00 00 00 00 00 (04|08|10) }
        $short = { 00 00 00 (08|09|0A|0B|0C|0D) (74 69 74 6C|64 73 63 70|70 65 72 66|61 75 74 68|67 6E 72 65|61 6C 62 6D) }
        $udta = "udta"
    condition:
        is_isobmff
        and (
            #entry_4 + #entry_8 + #ctts + #stsc + #stsz + #stz2 > 2000
            or #udta > 32
            or #short > 64
        )
}
