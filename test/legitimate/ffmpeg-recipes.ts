/** What ffmpeg and heif-enc are asked for: pictures, sound and films, option by option of their encoders. */

/** A file to make: its name, and what its program is told beside it. */
export interface Recipe {
  readonly name: string;
  readonly args: readonly string[];
}

const picture = (size: string, frames = 1, source = 'testsrc2'): readonly string[] => [
  ...['-f', 'lavfi', '-i', `${source}=size=${size}:rate=10`, '-frames:v', String(frames)],
];

const sound = (rate: number, seconds = 2): readonly string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=440:beep_factor=4:sample_rate=${rate}:duration=${seconds}`],
];

/** What is given in one string is separate words. */
const words = (text: string): readonly string[] => text.split(' ');

/** Every pair of two lists. */
const pairs = <A, B>(as: readonly A[], bs: readonly B[]): readonly (readonly [A, B])[] =>
  as.flatMap((a) => bs.map((b) => [a, b] as const));

const SIZES = ['160x120', '352x288', '640x480', '1600x1200'] as const;

const JPEGS: readonly Recipe[] = [
  ...pairs(SIZES, [2, 6, 15]).map(([size, quality]) => ({
    name: `IMG_${size}_${quality}.jpg`,
    args: [...picture(size), '-q:v', String(quality)],
  })),
  ...pairs(['mandelbrot', 'smptebars', 'rgbtestsrc'], ['yuvj420p', 'yuvj422p', 'yuvj444p', 'gray']).map(
    ([source, format]) => ({
      name: `${source}-${format}.jpg`,
      args: [...picture('640x480', 1, source), '-pix_fmt', format, '-q:v', '4'],
    }),
  ),
  ...['default', 'optimal'].map((tables) => ({
    name: `huffman-${tables}.jpg`,
    args: [...picture('800x600'), '-huffman', tables],
  })),
  { name: 'P1000001.JPG', args: [...picture('2592x1944', 1, 'mandelbrot'), '-q:v', '8'] },
];

const GIFS: readonly Recipe[] = [
  ...pairs(['96x96', '160x120', '320x240'], [1, 8, 30]).map(([size, frames]) => ({
    name: `anim-${size}-${frames}.gif`,
    args: picture(size, frames),
  })),
  {
    name: 'palette.gif',
    args: words(
      '-f lavfi -t 1.2 -i mandelbrot=size=240x180:rate=10 -vf split[a][b];[a]palettegen[p];[b][p]paletteuse',
    ),
  },
  { name: 'once.gif', args: [...picture('120x90', 6), '-loop', '-1'] },
  { name: 'whole-frames.gif', args: [...picture('120x90', 6), '-gifflags', '-offsetting-transdiff'] },
];

const PNG_FORMATS = ['rgb24', 'rgba', 'gray', 'ya8', 'pal8', 'rgb48be', 'rgba64be', 'gray16be', 'monob'];

const PNGS: readonly Recipe[] = [
  ...pairs(PNG_FORMATS, ['160x120', '640x480']).map(([format, size]) => ({
    name: `${format}-${size}.png`,
    args: [...picture(size, 1, 'smptebars'), '-pix_fmt', format],
  })),
  ...['none', 'sub', 'up', 'avg', 'paeth', 'mixed'].map((pred) => ({
    name: `filter-${pred}.png`,
    args: [...picture('320x240'), '-pred', pred],
  })),
  { name: 'resolution.png', args: [...picture('320x240'), '-dpi', '300'] },
  ...pairs(['96x96', '240x180'], [2, 15]).map(([size, frames]) => ({
    name: `sticker-${size}-${frames}.apng`,
    args: [...picture(size, frames), ...words('-plays 0 -f apng')],
  })),
];

const WEBPS: readonly Recipe[] = [
  ...pairs(['160x120', '640x480', '1280x960'], [30, 75, 95]).map(([size, quality]) => ({
    name: `lossy-${size}-${quality}.webp`,
    args: [...picture(size), '-c:v', 'libwebp', '-quality', String(quality)],
  })),
  ...pairs(['testsrc2', 'mandelbrot', 'smptebars'], [0, 4, 6]).map(([source, level]) => ({
    name: `lossless-${source}-${level}.webp`,
    args: [
      ...picture('320x240', 1, source),
      ...words('-c:v libwebp -lossless 1 -compression_level'),
      String(level),
    ],
  })),
  ...['picture', 'photo', 'drawing', 'icon', 'text'].map((preset) => ({
    name: `alpha-${preset}.webp`,
    args: [...picture('200x200'), ...words('-pix_fmt yuva420p -c:v libwebp -preset'), preset],
  })),
  ...pairs([0, 1], [5, 20]).map(([lossless, frames]) => ({
    name: `sticker-${lossless}-${frames}.webp`,
    args: [...picture('128x128', frames), ...words('-c:v libwebp_anim -loop 0 -lossless'), String(lossless)],
  })),
];

const BMPS: readonly Recipe[] = pairs(
  ['bgr24', 'bgra', 'rgb565le', 'rgb555le', 'rgb444le', 'rgb8', 'bgr4_byte', 'gray', 'pal8', 'monob'],
  ['48x48', '161x121', '320x240'],
).map(([format, size]) => ({
  name: `${format}-${size}.bmp`,
  args: [...picture(size, 1, 'smptebars'), '-pix_fmt', format],
}));

/** A film of two seconds with sound. */
const film = (size: string, ...more: readonly string[]): readonly string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=15:duration=2`],
  ...[...sound(8000), '-shortest', ...more],
];

const AAC = words('-c:a aac -ac 1 -b:a 24k');

/** Video encoders of phones, with sizes that they know. */
const PHONE_VIDEO = [
  ['h263', '128x96', '-c:v h263 -b:v 64k'],
  ['h263', '176x144', '-c:v h263 -b:v 96k'],
  ['mpeg4', '176x144', '-c:v mpeg4 -b:v 96k'],
  ['mpeg4', '320x240', '-c:v mpeg4 -b:v 200k -g 15'],
  ['h264', '320x240', '-c:v libx264 -profile:v baseline -pix_fmt yuv420p -preset ultrafast'],
  ['h264-main', '640x480', '-c:v libx264 -profile:v main -pix_fmt yuv420p -preset veryfast -crf 32'],
] as const;

/** How the boxes are laid out. */
const LAYOUTS = [
  ['plain', ''],
  ['faststart', '-movflags +faststart'],
  ['fragmented', '-movflags +frag_keyframe+empty_moov'],
  ['dash', '-movflags +frag_keyframe+empty_moov+default_base_moof+separate_moof'],
  ['named', '-metadata title=Holiday -metadata artist=Me -metadata comment=Seaside -metadata date=2026'],
  ['turned', '-metadata:s:v:0 rotate=90 -metadata creation_time=2026-05-01T12:00:00Z'],
] as const;

const optional = (text: string): readonly string[] => (text === '' ? [] : words(text));

const FILMS: readonly Recipe[] = [
  ...pairs(PHONE_VIDEO, LAYOUTS).map(([[codec, size, video], [layout, options]]) => ({
    name: `VID_${codec}_${size}_${layout}.3gp`,
    args: film(size, ...words(video), ...AAC, ...optional(options)),
  })),
  ...pairs(PHONE_VIDEO.slice(2), LAYOUTS).map(([[codec, size, video], [layout, options]]) => ({
    name: `VID_${codec}_${size}_${layout}.mp4`,
    args: film(size, ...words(video), ...AAC, ...optional(options)),
  })),
  ...PHONE_VIDEO.slice(2).flatMap(([codec, size, video]) =>
    ['mov', '3g2', 'm4v'].map((extension) => ({
      name: `MVI_${codec}_${size}.${extension}`,
      args: film(size, ...words(video), ...AAC),
    })),
  ),
  { name: 'silent.mp4', args: film('320x240', '-an', ...words('-c:v libx264 -pix_fmt yuv420p')) },
  {
    name: 'hevc.mp4',
    args: film(
      '320x240',
      ...AAC,
      ...words('-c:v libx265 -tag:v hvc1 -pix_fmt yuv420p -x265-params log-level=none'),
    ),
  },
  {
    name: 'hevc.mov',
    args: film(
      '320x240',
      ...AAC,
      ...words('-c:v libx265 -tag:v hvc1 -pix_fmt yuv420p -x265-params log-level=none'),
    ),
  },
];

const RATES = [8000, 16_000, 44_100] as const;

const SONGS: readonly Recipe[] = [
  ...pairs(RATES, [1, 2]).flatMap(([rate, channels]) =>
    ['aac', 'm4a', '3ga', 'wav'].map((extension) => ({
      name: `voice-${rate}-${channels}.${extension}`,
      args: [
        ...sound(rate),
        '-ac',
        String(channels),
        ...(extension === '3ga' ? ['-f', '3gp', '-c:a', 'aac'] : []),
      ],
    })),
  ),
  ...pairs([16_000, 32_000, 48_000], ['-b:a 16k', '-b:a 48k']).map(([rate, quality], at) => ({
    name: `memo-${at}.aac`,
    args: [...sound(rate), ...words(quality)],
  })),
  ...pairs([16_000, 22_050, 44_100], ['-b:a 32k', '-b:a 128k', '-q:a 4']).map(([rate, quality], at) => ({
    name: `song-${at}.mp3`,
    args: [...sound(rate), ...words(quality), '-id3v2_version', at % 2 === 0 ? '3' : '4'],
  })),
  { name: 'untagged.mp3', args: [...sound(44_100), ...words('-write_xing 0 -id3v2_version 0')] },
  {
    name: 'old-tag.mp3',
    args: [...sound(44_100), ...words('-id3v2_version 0 -write_id3v1 1 -metadata title=A')],
  },
  { name: 'layer.mp2', args: [...sound(44_100), '-b:a', '64k'] },
  ...['pcm_u8', 'pcm_mulaw', 'pcm_alaw', 'adpcm_ima_wav', 'adpcm_ms', 'pcm_s24le', 'pcm_f32le'].map(
    (codec) => ({
      name: `${codec}.wav`,
      args: [...sound(8000), '-c:a', codec],
    }),
  ),
  ...pairs(RATES.slice(1), ['-c:a libvorbis', '-c:a libopus -ar 48000']).map(([rate, codec]) => ({
    name: `note-${rate}-${codec.includes('opus') ? 'opus' : 'vorbis'}.ogg`,
    args: [...sound(rate), ...words(codec), '-metadata', 'title=Note'],
  })),
  { name: 'note.opus', args: [...sound(48_000), ...words('-c:a libopus -b:a 16k')] },
];

/** Things with a second stream: cover art, subtitles. */
const WITH_MORE: readonly Recipe[] = [
  ...['m4a', 'mp3'].map((extension) => ({
    name: `cover.${extension}`,
    args: [
      ...[...sound(44_100), '-i', 'cover.jpg'],
      ...words(
        '-map 0 -map 1 -c:v copy -disposition:v:0 attached_pic -metadata title=Song -metadata album=Best',
      ),
    ],
  })),
  ...['mp4', '3gp'].map((extension) => ({
    name: `subtitled.${extension}`,
    args: [
      ...['-f', 'lavfi', '-i', 'testsrc2=size=176x144:rate=15:duration=3', '-i', 'subtitles.srt'],
      ...words('-c:v mpeg4 -b:v 96k -c:s mov_text'),
    ],
  })),
];

/** The file that a film's subtitles are taken from. */
export const SUBTITLES =
  '1\n00:00:00,000 --> 00:00:01,500\nHello\n\n2\n00:00:01,600 --> 00:00:02,900\nSee you\n';

const HEIC_OPTIONS = [
  ...[
    '-q 35',
    '-q 50',
    '-q 80',
    '-q 50 -t 64',
    '-q 50 -b 10',
    '-L',
    '-q 60 -p preset=ultrafast -p chroma=444',
  ],
];

/** For heif-enc, from PNG files among the others. */
export const HEIC_RECIPES: readonly Recipe[] = pairs(
  ['rgb24-160x120', 'rgb24-640x480', 'rgba-160x120', 'gray-640x480'],
  HEIC_OPTIONS,
).map(([from, options], at) => ({
  name: `IMG_00${String(at).padStart(2, '0')}.HEIC`,
  args: [...words(options), `${from}.png`],
}));

/** The picture that a song's cover is taken from. */
export const COVER: Recipe = { name: 'cover.jpg', args: picture('300x300', 1, 'mandelbrot') };

/** For ffmpeg, in the order in which they are made. */
export const FFMPEG_RECIPES: readonly Recipe[] = [
  ...[COVER, ...JPEGS, ...GIFS, ...PNGS, ...WEBPS, ...BMPS],
  ...[...FILMS, ...SONGS, ...WITH_MORE],
];
