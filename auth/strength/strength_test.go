package strength

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// fair is the least score that a password of the program needs.
const fair = 2

// TestWeak holds the estimator to zxcvbn on a thousand passwords that zxcvbn refuses.
func TestWeak(t *testing.T) {
	lines := readLines(t, "weak.txt")
	if len(lines) != 1000 {
		t.Errorf("%d passwords", len(lines))
	}
	for _, line := range lines {
		said, password, _ := strings.Cut(line, " ")
		if Score(password) >= fair {
			t.Errorf("%q has %.1f bits; zxcvbn scores it %s", password, Bits(password), said)
		}
	}
}

// TestGood holds it to zxcvbn on two hundred passwords that zxcvbn accepts.
func TestGood(t *testing.T) {
	lines := readLines(t, "good.txt")
	if len(lines) != 200 {
		t.Errorf("%d passwords", len(lines))
	}
	for _, password := range lines {
		if Score(password) < fair {
			t.Errorf("%q has only %.1f bits", password, Bits(password))
		}
	}
}

// TestKinds names what zxcvbn lets pass, or finds only in part.
func TestKinds(t *testing.T) {
	for kind, passwords := range map[string][]string{
		"six languages": {"password1234", "Passwort2024", "motdepasse12", "contraseña12", "contrasena12", "minhasenha123",
			"parolachiave!", "palavrapasse1", "IchLiebeDich!", "tequieromucho", "Sommer2024!!", "bonjour12345", "Benvenuto2024", "bemvindo2023!"},
		"keyboards":  {"qwertyuiop123", "qwertzuiopü+", "azertyuiop12", "yxcvbnm12345", "qsdfghjklm12", "&é\"'(-è_çà)=", "!QAZ2wsx#EDC", "qwertyuiopasdfghjklñ"},
		"columns":    {"1qaz2wsx3edc4rfv", "1qay2wsx3edc", "1aqw2zsx3edc", "zaq12wsxcde3", "1q2w3e4r5t6z", "147258369000"},
		"sequences":  {"abcdefghijkl", "acegikmoqsuw", "zyxwvutsrqpo", "89012345678901", "a1b2c3d4e5f6", "aabbccddeeff", "test1test2test3"},
		"repeats":    {"aaaaaaaaaaaa", "xk9xk9xk9xk9", "éèêëéèêëéèêë", "dragonDRAGON", "Passwort!Passwort", "😀😀😀😀😀😀😀😀😀😀😀😀"},
		"dates":      {"24121987 1990", "24.12.1987!!", "1987-12-24-xy", "19871990199319"},
		"l33t":       {"P4ssw0rt2024!", "m0td3p4ss3!!", "p@$$w0rd1234", "c0ntr4s3n4!!"},
		"backwards":  {"drowssap1234", "essapedtom12", "trowssap2024"},
		"separators": {"p.a.s.s.w.o.r.d", "mot de passe 12", "dragon dragon dragon", "ich_liebe_dich"},
		"several signs": {"a-n-t-e-r-o-o-m!", "A.n.t.e.r.o.o.m-2024", "p-a-s-s-w-o-r-d!", "p_a_s_s_w_o_r_d_1.", "s.m.i.t.h.1.9!", "je t'aime mon amour",
			"don't worry be happy", "don’t worry be happy", "john.doe@gmail.com", "http://www.google.de", "P@ss-word!2024", "m-o-t/d-e/p-a-s-s-e"},
		"again": {"Init1234!Init", "HIPAA1996hipaa", "xk9q7-xk9q7", "dragon 24 DRAGON 25"},
		"phrases": {"CorrectHorseBatteryStaple", "correct horse battery staple", "maytheforcebewithyou", "May the Force be with you!", "thequickbrownfoxjumps",
			"supercalifragilistic", "valarmorghulis", "tobeornottobe", "To be, or not to be", "liberteegalitefraternite", "Liberté, égalité, fraternité"},
		"rows of words":   {"eins-zwei-drei-vier", "einszweidreivierfünfsechssieben", "uno dos tres cuatro cinco", "JanFebMarApr", "MontagDienstagMittwoch", "doremifasolati"},
		"rows of numbers": {"2468101214161820", "5101520253035", "1009080706050", "369121518212427"},
		"the trade":       {"physiotherapie1", "radiologie2024", "orthodontics1", "Stethoskop123", "Krankenkasse2024", "kinesitherapeute1", "odontologia2024!", "fisioterapia123"},
		"umlauts":         {"schlüssel123", "schluessel123", "schlussel123"},
	} {
		for _, p := range passwords {
			if Score(p) >= fair {
				t.Errorf("%s: %q has %.1f bits", kind, p, Bits(p))
			}
		}
	}
}

// TestKnown sees that names count as the first that is guessed, however they are written.
func TestKnown(t *testing.T) {
	for _, p := range []string{"zbrgwlk-zbrgwlk", "Zbrgwlk201987", "klwgrbz123456", "Zbr6wlk201987"} {
		if Score(p, "Zbrgwlk") >= fair {
			t.Errorf("%q: %.1f bits", p, Bits(p, "Zbrgwlk"))
		}
	}
	if p := "Zbrgwlkmpf2x"; Score(p) < fair {
		t.Errorf("%q: %.1f bits, and it is no name", p, Bits(p))
	}
}

func TestScores(t *testing.T) {
	for p, want := range map[string]int{"": 0, "password": 0, "correctstaple": 0, "violet tractor 91": 1, "violet tractor sleeps": 2,
		"Nebel über dem See": 1, "sin azucar por favor": 1, "violet tractor por favor": 2, "violet tractor 91 sleeps": 4} {
		if got := Score(p); got != want {
			t.Errorf("%q: %d, want %d (%.1f bits)", p, got, want, Bits(p))
		}
	}
}

// anything is text of all kinds, and bytes that are none.
func anything() *rapid.Generator[string] {
	pieces := rapid.OneOf(rapid.SampledFrom([]string{"password", "qwertz", "1qaz", "aaa", "1987", "24.12.", "p4$$", "é", "ß", " ", "\xff", "\u0301", "日本", "Ünder"}),
		rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz0123456789")), 1, 9, -1))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(pieces, 0, 12).Draw(t, "pieces"), "")
	})
}

// TestNeverNonsense: whatever is typed, there are bits, and never more than its characters have one by one.
func TestNeverNonsense(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anything().Draw(t, "text")
		bits := Bits(text, anything().Draw(t, "known"))
		if most := float64(letterBits * len(split(text))); math.IsNaN(bits) || bits < 0 || bits > most {
			t.Fatalf("%q: %f bits of at most %f", text, bits, most)
		}
	})
}

// TestLongerIsNotWeaker: a character more takes nothing away, unless it ends a word or a pattern.
func TestLongerIsNotWeaker(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anything().Filter(func(text string) bool { return !strings.ContainsAny(text, "жЖ") }).Draw(t, "text")
		if before, after := Bits(text), Bits(text+"ж"); after < before {
			t.Fatalf("%q has %.1f bits, and a letter more %.1f", text, before, after)
		}
	})
}

// TestCase: capitals never make a password weaker, and never cost more than a letter does.
func TestCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Map(anything(), strings.ToLower).Filter(func(text string) bool {
			return utf8.ValidString(text) && strings.ToLower(strings.ToUpper(text)) == text
		}).Draw(t, "text")
		lower, upper := Bits(text), Bits(strings.ToUpper(text))
		if upper < lower-1 {
			t.Fatalf("%q has %.1f bits, in capitals %.1f", text, lower, upper)
		}
	})
}

// TestAccents: a word is the same with its accents and without.
func TestAccents(t *testing.T) {
	for with, without := range map[string]string{"contraseña": "contrasena", "médecin": "medecin", "coração": "coracao", "città": "citta", "straße": "strasse", "œuvre": "oeuvre"} {
		if Plain(with) != without {
			t.Errorf("%q: %q", with, Plain(with))
		}
		if a, b := Bits(with), Bits(without); a != b {
			t.Errorf("%q has %.1f bits, %q %.1f", with, a, without, b)
		}
	}
}

// TestSearch compares the search in a list with a walk over all its lines.
func TestSearch(t *testing.T) {
	for _, l := range []list{passwords, names, words} {
		lines := slices.Collect(strings.Lines(string(l)))
		for i := 0; i < len(lines); i += 97 {
			word := lines[i][:len(lines[i])-2]
			s := newScan(split(word))
			s.findWords(l)
			want := max(leastBits, float64(lines[i][len(word)]-'A')) + kindBits
			if !slices.ContainsFunc(s.matches[len(word)], func(m match) bool { return m.start == 0 && m.bits == want }) {
				t.Errorf("%q is not found with %.1f bits", word, want)
			}
		}
	}
}

// TestNothingAtStart: the package's variables are texts of the program's file, and no code runs before it is asked.
func TestNothingAtStart(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init", name)
			}
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
				for _, spec := range g.Specs {
					v := spec.(*ast.ValueSpec)
					if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "list" || len(v.Values) > 0 {
						t.Errorf("%s: %s is no embedded list", name, v.Names[0].Name)
					}
				}
			}
		}
	}
}

// TestBounded: the work for one text has an end that no text passes.
func TestBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.RuneFrom([]rune("aeostil4305$7!1@"))
		s := newScan(split(rapid.StringOfN(letters, 100, 400, -1).Draw(t, "text")))
		if len(s.chars) > longest {
			t.Fatalf("%d characters", len(s.chars))
		}
		w := walker{scan: s, list: words, step: 1}
		if w.walk(0, len(words), 0, false); w.taken > 3*mostSteps {
			t.Fatalf("%d steps", w.taken)
		}
	})
}
