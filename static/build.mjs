// Bundles scripts and styles with hashed names, makes the icon sprite and lays out the fonts: static/dist.
import crypto from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import * as esbuild from "esbuild"

const OUT = "static/dist"
const ICONS = "node_modules/lucide-static/icons"
const TINOS = "node_modules/@expo-google-fonts/tinos"
// A server that was started before this build still hands out the files of the one before.
const KEEP_MS = 60 * 60 * 1000

const started = Date.now()

/** Every browser that we serve reads woff2: the second address of each @font-face goes. */
const woff2Only = {
  name: "woff2-only",
  setup: (build) => build.onLoad({ filter: /@fontsource.*\.css$/ }, ({ path: file }) => ({
    contents: fs.readFileSync(file, "utf8").replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, ""),
    loader: "css",
  })),
}

fs.mkdirSync(`${OUT}/fonts`, { recursive: true })

const built = new Set()
const manifest = { ...(await bundle()), "icons.svg": sprite(), "favicon.svg": favicon() }
copyPrintFonts()
manifest.version = hash(JSON.stringify(manifest) + read(files("templates")).join())
write("manifest.json", JSON.stringify(manifest, null, 2))
removeOld()

/** Scripts and styles; what a template names by `asset('...')`, mapped to its hashed file. */
async function bundle() {
  const entries = files("static/js/entries").map((file) => [path.basename(file, ".js"), file])
  const { metafile } = await esbuild.build({
    entryPoints: { ...Object.fromEntries(entries), style: "static/css/app.css" },
    outdir: OUT,
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    assetNames: "assets/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    sourcemap: true,
    target: ["safari15.4", "chrome100", "firefox100"],
    loader: { ".woff2": "file" },
    plugins: [woff2Only],
    metafile: true,
    logLevel: "warning",
  })
  const named = {}
  for (const [file, output] of Object.entries(metafile.outputs)) {
    built.add(file)
    const source = output.entryPoint ?? Object.keys(output.inputs).find((input) => input.endsWith(".woff2"))
    if (source && !file.endsWith(".map")) named[path.basename(source).replace("app.css", "style.css")] = path.relative(OUT, file)
  }
  return named
}

/** Only the icons that a template or a script names: icon('x'), icon(late ? "y" : "z"). Fails for one that Lucide lacks. */
function sprite() {
  const names = new Set()
  for (const text of read([...files("templates"), ...files("static/js")])) {
    for (const [, words] of text.matchAll(/\bicon\(([^)]*)\)/g)) {
      for (const [, name] of words.matchAll(/["']([a-z0-9-]+)["']/g)) names.add(name)
    }
  }
  const symbols = [...names].sort().map((name) => {
    const shapes = fs.readFileSync(`${ICONS}/${name}.svg`, "utf8").match(/<svg[^>]*>([\s\S]*)<\/svg>/)[1].trim()
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
  })
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`
  return write(`icons-${hash(text)}.svg`, text)
}

function favicon() {
  const text = fs.readFileSync("static/favicon.svg", "utf8")
  return write(`favicon-${hash(text)}.svg`, text)
}

/** WeasyPrint needs whole fonts: the subsets of the web come out as garbage in Vietnamese. */
function copyPrintFonts() {
  for (const face of ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"]) {
    write(`fonts/Tinos_${face}.ttf`, fs.readFileSync(`${TINOS}/${face}/Tinos_${face}.ttf`))
  }
}

function removeOld() {
  for (const file of files(OUT)) {
    if (!built.has(file) && started - fs.statSync(file).mtimeMs > KEEP_MS) fs.rmSync(file)
  }
}

/** Whole or not at all, since a server may be reading the folder. */
function write(name, text) {
  built.add(`${OUT}/${name}`)
  fs.writeFileSync(`${OUT}/${name}.new`, text)
  fs.renameSync(`${OUT}/${name}.new`, `${OUT}/${name}`)
  return name
}

function hash(text) {
  return crypto.createHash("sha256").update(text).digest("hex").slice(0, 10)
}

function files(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function read(paths) {
  return paths.map((file) => fs.readFileSync(file, "utf8"))
}
