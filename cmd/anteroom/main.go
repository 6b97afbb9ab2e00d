// Anteroom keeps the front desk of a small medical practice: who may come in,
// and who is coming today.
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"
	"github.com/adrg/xdg"

	"anteroom/auth"
	"anteroom/auth/keyring"
	"anteroom/auth/vault"
	"anteroom/data"
	"anteroom/data/disk"
	"anteroom/data/host"
	"anteroom/data/location"
	"anteroom/data/sharing"
	"anteroom/data/store"
	"anteroom/resources"
	"anteroom/ui/clipboard"
	"anteroom/ui/idle"
	"anteroom/ui/instance"
	"anteroom/ui/paper"
	"anteroom/ui/shell"
	"anteroom/ui/work"
)

// The names under which the OS keeps preferences: a demonstration has its own.
const (
	appID  = "org.anteroom.Anteroom"
	demoID = appID + ".Demo"
)

// version is set by the build, from FyneApp.toml.
var version = "dev"

func main() {
	if code, asked := host.Administer(os.Args[1:]); asked {
		os.Exit(code)
	}
	err := run(os.Args[1:])
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, instance.ErrRunning) && !errors.Is(err, instance.ErrSilent):
		slog.Info("Anteroom is open already, and its window was told to come forward")
	default:
		os.Exit(fail(err))
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("anteroom", flag.ContinueOnError)
	dataDir := flags.String("data", defaultDataDir(), "the `folder` with the practice's data")
	isDemo := flags.Bool("demo", false, "open a practice of invented people, which is gone afterwards")
	software := flags.Bool("software", false, "Windows: draw without a graphics card, where that was installed")
	showVersion := flags.Bool("version", false, "print the version and end")
	var usage bytes.Buffer
	flags.SetOutput(&usage)
	err := flags.Parse(args)
	if err != nil {
		attachConsole()
		fmt.Fprint(os.Stderr, usage.String())
		return err
	}
	if *showVersion {
		attachConsole()
		fmt.Println("anteroom", version)
		return nil
	}
	startLog()
	if *software {
		return startSoftware([]string{"--data=" + *dataDir, "--demo=" + strconv.FormatBool(*isDemo)})
	}

	id, paperDir, notesDir := appID, paper.DefaultDir(), paper.DefaultNotes()
	if *isDemo {
		var remove func()
		if *dataDir, remove, err = demoFolder(os.TempDir()); err != nil {
			return err
		}
		defer remove() // the last of all, and whatever goes wrong before
		id, paperDir, notesDir = demoID, filepath.Join(*dataDir, "paper"), filepath.Join(*dataDir, "unfinished")
	}
	if err := disk.CanBeFolder(*dataDir); err != nil {
		return fmt.Errorf("the data folder %q: %w", *dataDir, err)
	}
	folder, err := store.At(*dataDir)
	if err != nil {
		return err
	}
	claim, err := instance.Claim(folder.Name())
	if err != nil {
		return err
	}
	defer claim.Close()
	var w *shell.Window
	shown := make(chan struct{})
	go claim.Serve(func() {
		<-shown
		fyne.Do(w.Raise)
	})

	deps := auth.Deps{Location: folder, Keyring: keyring.New(), Now: time.Now, Cost: vault.DefaultCost, Computer: thisComputer()}
	about := ""
	var server sharing.Server // a demonstration has none
	if *isDemo {
		if deps, err = newDemo(context.Background(), deps); err != nil {
			return fmt.Errorf("make the demonstration: %w", err)
		}
		about = aboutDemo
	} else {
		at := location.At(folder, host.At(filepath.Join(folder.Name(), "server")), deps)
		deps, server = at.Deps(), at
	}

	a := app.NewWithID(id)
	touches := idle.New()
	defer touches.Close()
	w, err = shell.New(shell.Params{
		App:          a,
		Auth:         deps,
		Runner:       work.Runner{Dispatch: fyne.Do, Now: time.Now},
		DataDir:      folder.Name(),
		Server:       server,
		Synchronised: func() string { return disk.Synchronised(folder.Name()) },
		Order:        dateOrder(),
		Clipboard:    clipboard.Private(a.Clipboard()),
		About:        about,
		Version:      version,
		PaperDir:     paperDir,
		NotesDir:     notesDir,
		Fonts:        paper.SystemFonts,
		Idle:         touches,
		OnOSLock:     idle.Watch,
		Prepare:      prepare,
		Read:         isRead,
		Translate:    func() error { return lang.AddTranslationsFS(resources.Translations, "translation") },
	})
	if err != nil {
		return err
	}
	a.Lifecycle().SetOnStarted(func() { close(shown) })
	if err := w.Show(); err != nil {
		return err
	}
	a.Run()
	return nil
}

// defaultDataDir is the OS's place for per-user application data that stays on
// this computer.
func defaultDataDir() string { return filepath.Join(xdg.DataHome, "anteroom") }

// dateOrder is the order of day, month and year on this computer.
func dateOrder() data.DateOrder {
	return data.OrderOf(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_TIME"), lang.SystemLocale().String()))
}

// thisComputer is how this computer is shown to people; what the OS does not
// say stays empty.
func thisComputer() auth.Computer {
	name, _ := os.Hostname()
	account := ""
	if u, err := user.Current(); err == nil {
		account = u.Username
	}
	return auth.Computer{Name: auth.CleanName(name), Account: auth.CleanName(account)}
}
