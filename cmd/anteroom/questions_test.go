package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// questions are all places in ui where something is asked before it is done, each
// with the test that holds that its yes does what was asked. A question is a
// widgets.DialogOptions that is Careful or a Danger, what the front desk's presenters
// ask by their question, or a button for what can't be taken back.
var questions = map[string]string{
	"ui/frontdesk/patients/form_page.go askIfSame":        "TestYesSavesWhoWasAsked",
	"ui/frontdesk/patients/form_page.go askToDiscard":     "TestFormCancelAsksOnlyWhenSomethingWasTyped",
	"ui/frontdesk/patients/form_page.go choose":           "TestTwoPeopleChoosePerField",
	"ui/frontdesk/patients/merge_dialog.go open":          "TestMergeKeepsWhatWasChosen",
	"ui/frontdesk/patients/record_dialogs.go askTakeBack": "TestTakeBackAMerge",

	"ui/frontdesk/today/bookingsave_presenter.go askIfSame": "TestYesTakesDownWhoWasAsked",
	"ui/frontdesk/today/bookingsave_presenter.go askOver":   "TestYesBooksWhatWasAsked",
	"ui/frontdesk/today/daysteps_presenter.go askToUndo":    "TestUndoWhereOthersAre",
	"ui/frontdesk/today/status_presenter.go become":         "TestStepsOnAnotherDayAsk",
	"ui/frontdesk/today/daysteps_presenter.go move":         "TestYesMovesOverNobodyElse",
	"ui/frontdesk/today/move_presenter.go settle":           "TestYesToMoreThanWasAsked",
	"ui/frontdesk/today/dialogs.go ask":                     "TestYesBooksWhatWasAsked", // shows what presenters ask
	"ui/frontdesk/today/dialogs.go askReasonFor":            "TestAskedCancellationIsOfWhatWasShown",
	"ui/frontdesk/today/dialogs.go askWhich":                "TestArrive",

	"ui/shell/quit.go askBeforeQuit": "TestLeavingAsksWhereTypedTextIsLost",
	"ui/shell/quit.go askToLose":     "TestLeavingAsksWhereTypedTextIsLost",
	"ui/shell/quit.go askToQuit":     "TestQuittingWaitsForAFile",

	"ui/recovery/forget_dialog.go AskToForget":   "TestForgetIsAsked",
	"ui/recovery/kit_screen.go askToLeave":       "TestKitScreenSaysWhatAPageIsWorth",
	"ui/recovery/rescue_presenter.go sayHistory": "TestRescueAsksForAWord",
	"ui/recovery/rescue_screen.go NewRescue":     "TestRescueAsksForAWord",
	"ui/recovery/restorecards.go newPreviewCard": "TestRestoreInPlace",
	"ui/screen/save_dialog.go Show":              "TestSaveDialogWarnsOfTheOwnDisk",

	"ui/settings/account/dialogs.go openNewCodes":     "TestNewCodesByKeyboard",
	"ui/settings/backup/dialogs.go openNeedsKit":      "TestRestoreWithKitByKeyboard",
	"ui/settings/backup/dialogs.go openRestore":       "TestRestoreInOrder",
	"ui/settings/computers/dialogs.go openUnlink":     "TestUnlinkByKeyboard",
	"ui/settings/exchange/dialogs.go openImport":      "TestImportOfAChangedFile",
	"ui/settings/general/dialogs.go openTurnOn":       "TestYesTurnsOnWhatWasAsked",
	"ui/settings/pane/parts.go AskToRemove":           "TestRemovePractitionerIsAsked",
	"ui/settings/server/dialogs.go openAlone":         "TestAloneByKeyboard",
	"ui/settings/server/dialogs.go openShare":         "TestShareByKeyboard",
	"ui/settings/server/dialogs.go openLeave":         "TestLeaveTheServerByKeyboard",
	"ui/settings/settings.go askToLeave":              "TestLeavingUnsavedIsAsked",
	"ui/settings/users/view_presenter.go newQuestion": "TestUsersQuestionsSayWhatTheyDoToYou", // its words
	"ui/settings/users/dialogs.go openQuestion":       "TestResetSecondUserByKeyboard",

	"ui/signin/signin_screen.go explainForgotten": "TestForgottenPasswordGivesTheFocusBack",

	"ui/widgets/dialog.go askToThrowAway": "TestEscAsksBeforeTypedTextGoes",
}

// TestQuestions holds the table to the source: a question that is new, or gone, is
// found, and so is a test that is not there.
func TestQuestions(t *testing.T) {
	asked := map[string]bool{}
	eachSource(t, filepath.Join("..", "..", "ui"), func(file string, parsed *ast.File) {
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if asks(n, parsed.Name.Name) {
					asked[file+" "+f.Name.Name] = true
				}
				return true
			})
		}
	})
	for where := range asked {
		if questions[where] == "" {
			t.Errorf("%s asks something, and no test is named that holds that its yes does what was asked", where)
		}
	}
	for where, test := range questions {
		if !asked[where] {
			t.Errorf("%s asks nothing any more", where)
		}
		file, _, _ := strings.Cut(where, " ")
		if !hasTest(t, filepath.Join("..", "..", filepath.FromSlash(filepath.Dir(file))), test) {
			t.Errorf("%s: there is no %s", where, test)
		}
	}
}

// eachSource calls fn for each file of Go in a folder, but for tests.
func eachSource(t *testing.T, root string, fn func(file string, parsed *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(file string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err == nil {
			fn(strings.TrimPrefix(filepath.ToSlash(file), "../../"), parsed)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// asks says that a node of a package's source is a question.
func asks(n ast.Node, pkg string) bool {
	switch n := n.(type) {
	case *ast.CompositeLit:
		switch name := lastName(n.Type); {
		case name == "DialogOptions":
			return hasKey(n, "Careful") || hasKey(n, "Danger")
		case name == "question" && pkg == "today":
			return hasKey(n, "Yes")
		}
	case *ast.CallExpr:
		switch name := lastName(n.Fun); {
		case name == "NewDangerButton":
			return pkg != "widgets"
		case name == "SetPrimary" && len(n.Args) == 2:
			danger, isName := n.Args[1].(*ast.Ident)
			return !isName || danger.Name != "false"
		}
	case *ast.SelectorExpr:
		return pkg != "widgets" && n.Sel.Name == "NewDangerButton"
	case *ast.AssignStmt:
		name := lastName(n.Lhs[0])
		return pkg != "widgets" && (name == "Careful" || name == "Danger")
	}
	return false
}

func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func hasKey(c *ast.CompositeLit, key string) bool {
	for _, e := range c.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok && lastName(kv.Key) == key {
			return true
		}
	}
	return false
}

// hasTest says that a test is in a folder.
func hasTest(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`(?m)^func ` + name + `\(`).Match(source) {
			return true
		}
	}
	return false
}
