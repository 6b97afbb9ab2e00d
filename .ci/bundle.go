// Bundle checks the zip of .ci/package-macos: what lies in it, what Info.plist says of it, the sizes of the
// icon, and of the program for each processor how it was built and for which macOS.
package main

import (
	"archive/zip"
	"bytes"
	"debug/buildinfo"
	"debug/macho"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
)

var (
	version = flag.String("version", "", "version of FyneApp.toml")
	id      = flag.String("id", "", "ID of FyneApp.toml")
	standIn = flag.Bool("stand-in", false, "the program needs no window")
)

// layout is all that is in the zip, in its order.
var layout = []struct {
	name string
	mode fs.FileMode
}{
	{"Anteroom.app/", fs.ModeDir | 0o755},
	{"Anteroom.app/Contents/", fs.ModeDir | 0o755},
	{"Anteroom.app/Contents/Info.plist", 0o644},
	{"Anteroom.app/Contents/MacOS/", fs.ModeDir | 0o755},
	{"Anteroom.app/Contents/MacOS/anteroom", 0o755},
	{"Anteroom.app/Contents/PkgInfo", 0o644},
	{"Anteroom.app/Contents/Resources/", fs.ModeDir | 0o755},
	{"Anteroom.app/Contents/Resources/Anteroom.icns", 0o644},
	{"Anteroom.app/Contents/Resources/LICENCES.txt", 0o644},
}

// iconSizes are the pixels of an icon by its type in an .icns.
// https://en.wikipedia.org/wiki/Apple_Icon_Image_format
var iconSizes = map[string]int{"ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024, "ic11": 32, "ic12": 64, "ic13": 256, "ic14": 512}

func main() {
	flag.Parse()
	if err := check(flag.Arg(0)); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", flag.Arg(0), err)
		os.Exit(1)
	}
}

func check(path string) error {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer archive.Close()
	if len(archive.File) != len(layout) {
		return fmt.Errorf("it has %d entries, not %d", len(archive.File), len(layout))
	}
	files := map[string][]byte{}
	for i, file := range archive.File {
		if file.Name != layout[i].name || file.Mode() != layout[i].mode {
			return fmt.Errorf("it has %v %s, not %v %s", file.Mode(), file.Name, layout[i].mode, layout[i].name)
		}
		if first := archive.File[0].Modified; !file.Modified.Equal(first) {
			return fmt.Errorf("%s is of %v, not %v", file.Name, file.Modified, first)
		}
		content, err := archive.Open(strings.TrimSuffix(file.Name, "/"))
		if err != nil {
			return err
		}
		if file.Mode().IsRegular() {
			files[strings.TrimPrefix(file.Name, "Anteroom.app/Contents/")], err = io.ReadAll(content)
		}
		content.Close()
		if err != nil {
			return err
		}
		if file.Mode().IsRegular() && file.UncompressedSize64 == 0 {
			return fmt.Errorf("%s is empty", file.Name)
		}
	}
	minimum, err := checkInfo(files["Info.plist"])
	if err != nil {
		return fmt.Errorf("Info.plist: %w", err)
	}
	if err := checkIcon(files["Resources/Anteroom.icns"]); err != nil {
		return fmt.Errorf("Anteroom.icns: %w", err)
	}
	if err := checkProgram(files["MacOS/anteroom"], minimum); err != nil {
		return fmt.Errorf("the program: %w", err)
	}
	return nil
}

// checkInfo returns the oldest macOS that Info.plist asks for.
func checkInfo(content []byte) (minimum string, err error) {
	var list struct {
		Dict struct {
			Entries []struct {
				XMLName xml.Name
				Text    string `xml:",chardata"`
			} `xml:",any"`
		} `xml:"dict"`
	}
	if err := xml.Unmarshal(content, &list); err != nil {
		return "", err
	}
	if len(list.Dict.Entries)%2 != 0 {
		return "", errors.New("a key without a value")
	}
	info := map[string]string{}
	for entry := range slices.Chunk(list.Dict.Entries, 2) {
		if entry[0].XMLName.Local != "key" || info[entry[0].Text] != "" {
			return "", fmt.Errorf("no key, or one twice: %s", entry[0].Text)
		}
		info[entry[0].Text] = entry[1].Text
		if entry[1].XMLName.Local != "string" {
			info[entry[0].Text] = entry[1].XMLName.Local
		}
	}
	for key, want := range map[string]string{
		"CFBundleExecutable":         "anteroom",
		"CFBundleIconFile":           "Anteroom",
		"CFBundleIdentifier":         *id,
		"CFBundlePackageType":        "APPL",
		"CFBundleShortVersionString": *version,
		"CFBundleVersion":            *version,
		"LSApplicationCategoryType":  "public.app-category.medical",
		"NSHighResolutionCapable":    "true",
	} {
		if info[key] != want {
			return "", fmt.Errorf("%s is %q, not %q", key, info[key], want)
		}
	}
	return info["LSMinimumSystemVersion"], nil
}

func checkIcon(content []byte) error {
	if len(content) < 8 || string(content[:4]) != "icns" || int(binary.BigEndian.Uint32(content[4:])) != len(content) {
		return errors.New("no .icns, or cut short")
	}
	found := 0
	for rest := content[8:]; len(rest) > 0; {
		if len(rest) < 8 {
			return errors.New("cut short")
		}
		kind, size := string(rest[:4]), int(binary.BigEndian.Uint32(rest[4:]))
		if size < 8 || size > len(rest) {
			return fmt.Errorf("%s has an absurd size", kind)
		}
		if want, known := iconSizes[kind]; known {
			icon, err := png.Decode(bytes.NewReader(rest[8:size]))
			if err != nil {
				return fmt.Errorf("%s: %w", kind, err)
			}
			if is := icon.Bounds().Size(); is.X != want || is.Y != want {
				return fmt.Errorf("%s is %v, not %d", kind, is, want)
			}
			found++
		}
		rest = rest[size:]
	}
	if found != len(iconSizes) {
		return fmt.Errorf("it has %d sizes, not %d", found, len(iconSizes))
	}
	return nil
}

func checkProgram(content []byte, minimum string) error {
	parts := [][]byte{content}
	if fat, err := macho.NewFatFile(bytes.NewReader(content)); err == nil {
		parts = nil
		for _, arch := range fat.Arches {
			parts = append(parts, content[arch.Offset:arch.Offset+arch.Size])
		}
	} else if !errors.Is(err, macho.ErrNotFat) {
		return err
	}
	modules := ""
	for _, part := range parts {
		file, err := macho.NewFile(bytes.NewReader(part))
		if err != nil {
			return err
		}
		info, err := buildinfo.Read(bytes.NewReader(part))
		if err != nil {
			return err
		}
		if err := checkPart(file, info, minimum); err != nil {
			return fmt.Errorf("%v: %w", file.Cpu, err)
		}
		var of []string
		for _, module := range info.Deps {
			of = append(of, module.Path+" "+module.Version)
		}
		if now := strings.Join(of, ", "); modules == "" {
			modules = now
		} else if now != modules {
			return errors.New("its licences are those of one processor's modules, and the other has others")
		}
		fmt.Printf("==> %v, from macOS %s, %s\n", file.Cpu, minimum, info.GoVersion)
	}
	return nil
}

const (
	buildVersion  = 0x32 // LC_BUILD_VERSION
	codeSignature = 0x1d // LC_CODE_SIGNATURE
)

func checkPart(file *macho.File, info *buildinfo.BuildInfo, minimum string) error {
	built := map[string]string{}
	for _, setting := range info.Settings {
		built[setting.Key] = setting.Value
	}
	if file.Type != macho.TypeExec || built["GOOS"] != "darwin" || info.Path != "anteroom/cmd/anteroom" {
		return errors.New("it is not Anteroom for macOS")
	}
	if built["CGO_ENABLED"] != "1" && !*standIn {
		return errors.New("it was built without cgo, so it has no window")
	}
	asks, signed := "", false
	for _, load := range file.Loads {
		raw := load.Raw()
		switch file.ByteOrder.Uint32(raw) {
		case buildVersion: // platform, minos
			v := file.ByteOrder.Uint32(raw[12:])
			asks = fmt.Sprintf("%d.%d", v>>16, v>>8&0xff)
		case codeSignature:
			signed = true
		}
	}
	if asks != minimum {
		return fmt.Errorf("it asks for macOS %q, Info.plist for %q (MACOSX_DEPLOYMENT_TARGET)", asks, minimum)
	}
	if file.Cpu == macho.CpuArm64 && !signed {
		return errors.New("no signature, not even the linker's: Apple's processors do not run it")
	}
	libraries, err := file.ImportedLibraries()
	if err != nil {
		return err
	}
	for _, library := range libraries {
		if !strings.HasPrefix(library, "/usr/lib/") && !strings.HasPrefix(library, "/System/Library/") {
			return fmt.Errorf("it needs %s, which other Macs lack", library)
		}
	}
	return nil
}
