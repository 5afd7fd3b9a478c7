// Bundles scripts and styles with hashed names, makes the icon sprite and lays out the fonts: static/dist.
import crypto from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import * as esbuild from "esbuild"

const out = "static/dist"
fs.rmSync(out, { recursive: true, force: true })
fs.mkdirSync(`${out}/fonts`, { recursive: true })

const entries = Object.fromEntries(
  fs.readdirSync("static/js/entries").map((file) => [path.basename(file, ".js"), `static/js/entries/${file}`]),
)
const built = await esbuild.build({
  entryPoints: { ...entries, style: "static/css/app.css" },
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "assets/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  sourcemap: true,
  target: ["safari15.4", "chrome100", "firefox100"],
  loader: { ".woff2": "file", ".woff": "empty" },
  metafile: true,
  logLevel: "warning",
})

const manifest = {}
for (const [file, output] of Object.entries(built.metafile.outputs)) {
  if (!output.entryPoint) continue
  const name = path.basename(output.entryPoint)
  manifest[name === "app.css" ? "style.css" : name] = path.relative(out, file)
}

// Only the icons that a template or a script names: icon('x'), icon("x").
const named = new Set()
const sources = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(html|js)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
for (const file of [...sources("templates"), ...sources("static/js")]) {
  for (const [, name] of fs.readFileSync(file, "utf8").matchAll(/icon\(["']([a-z0-9-]+)["']/g)) named.add(name)
}
const symbols = [...named].sort().map((name) => {
  const svg = fs.readFileSync(`node_modules/lucide-static/icons/${name}.svg`, "utf8")
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "").trim()
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
})
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`
const hash = (text) => crypto.createHash("sha256").update(text).digest("hex").slice(0, 10)
manifest["icons.svg"] = `icons-${hash(sprite)}.svg`
fs.writeFileSync(`${out}/${manifest["icons.svg"]}`, sprite)

// WeasyPrint needs whole fonts: the subsets of the web come out as garbage in Vietnamese.
for (const [folder, file] of [["400Regular", "Tinos_400Regular"], ["400Regular_Italic", "Tinos_400Regular_Italic"], ["700Bold", "Tinos_700Bold"], ["700Bold_Italic", "Tinos_700Bold_Italic"]]) {
  fs.copyFileSync(`node_modules/@expo-google-fonts/tinos/${folder}/${file}.ttf`, `${out}/fonts/${file}.ttf`)
}

manifest.version = hash(JSON.stringify(manifest))
fs.writeFileSync(`${out}/manifest.json`, JSON.stringify(manifest, null, 2))
