package auth

import (
	"context"
	"crypto/subtle"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"anteroom/auth/strength"
	"anteroom/auth/vault"
)

const (
	// MinPassword and MaxPassword bound a password, in characters.
	// SP 800-63B-4 §3.1.1.2 asks 15 of a password that stands alone and 8
	// beside a second factor; 12 serves both kinds of practice.
	MinPassword = 12
	MaxPassword = 128

	// minScore is the weakest score accepted (of 0 to 4): below it are common
	// passwords, dates and rows of keys.
	minScore = 2
	// minNamePart is the length from which a name in a password is refused, longNamePart that from
	// which it is inside another word, too.
	minNamePart  = 4
	longNamePart = 6
	// programName is refused as the names are.
	programName = "Anteroom"
)

// tradeWords are words in the names of many practices. They are not refused as a name, but
// the strength estimator rates them as easy to guess.
const tradeWords = "" +
	" street road avenue lane square park market place church station city town north south east west high main " +
	" practice surgery clinic clinics doctor doctors medical medicine health healthcare centre center hospital " +
	" care family general group house dental dentist dentists pharmacy physio physiotherapy partners saint the and " +
	" praxis praxen gemeinschaftspraxis arztpraxis zahnarztpraxis hausarztpraxis hausarzt arzt aerzte arzte zahnarzt " +
	" zahnaerzte zahnarzte klinik klinikum zentrum medizin medizinisches gesundheit physiotherapie apotheke " +
	" strasse platz allee markt bahnhof stadt haus familie doktor fuer und der die das " +
	" cabinet medecin medecins medicale dentaire dentiste docteur clinique sante maison pharmacie " +
	" clinica clinicas consultorio consulta medico medica medicos centro salud saude dentista odontologia doctora " +
	" doutor doutora farmacia familia calle plaza avenida praca " +
	" studio ambulatorio poliambulatorio dentistico medicina dottore dottoressa salute famiglia piazza viale corso "

// CheckPassword refuses a password that is too short, too long, easy to guess
// or contains one of the names (a person's, a user's, the practice's) or the
// program's, with their accents or without, and with signs between the letters.
// Common words of practices' names are allowed, and so are short names inside
// other words ("Rose" in "Prosecco"). There are no rules of composition.
// The error is a FieldError.
func CheckPassword(text string, names ...string) error {
	text = norm.NFC.String(text)
	n := utf8.RuneCountInString(text)
	switch {
	case n == 0:
		return &FieldError{FieldPassword, ProblemEmpty}
	case n < MinPassword:
		return &FieldError{FieldPassword, ProblemShort}
	case n > MaxPassword:
		return &FieldError{FieldPassword, ProblemLong}
	}
	if hasName(text, names) {
		return &FieldError{FieldPassword, ProblemHasName}
	}
	if Strength(text, names...) < minScore {
		return &FieldError{FieldPassword, ProblemCommon}
	}
	return nil
}

// Strength is how hard a password is to guess, from 0 (at once) to 4 (very).
func Strength(text string, names ...string) int {
	return strength.Score(text, nameParts(names)...)
}

// hasName tells whether a name is in a text, as CheckPassword refuses it.
func hasName(text string, names []string) bool {
	pieces := piecesOf(visible(text))
	whole, bare := joinPieces(pieces), joinPieces(withoutSigns(pieces))
	for _, part := range nameParts(names) {
		switch {
		case strings.Contains(tradeWords, " "+part+" "):
		case utf8.RuneCountInString(part) >= longNamePart && strings.Contains(whole.text, part),
			whole.has(part, func(begins, ends bool) bool { return begins || ends }),
			bare.has(part, func(begins, ends bool) bool { return begins && ends }):
			return true
		}
	}
	return false
}

// joined is a text as names are looked for in it, and where its pieces begin and end.
type joined struct {
	text  string
	edges map[int]bool
}

func joinPieces(pieces []string) joined {
	j := joined{edges: map[int]bool{0: true}}
	for _, piece := range pieces {
		j.text += strength.Plain(folded(piece))
		j.edges[len(j.text)] = true
	}
	return j
}

// has tells whether a name is in the text somewhere where it may be refused: at the edges of pieces, or not.
func (j joined) has(name string, refused func(begins, ends bool) bool) bool {
	for start := range len(j.text) {
		if strings.HasPrefix(j.text[start:], name) && refused(j.edges[start], j.edges[start+len(name)]) {
			return true
		}
	}
	return false
}

// piecesOf cuts a text where words seem to begin or end: between a letter and another sign, and before a
// capital after a small letter.
func piecesOf(text string) []string {
	var pieces []string
	var before rune
	start := 0
	for i, r := range text {
		if unicode.IsMark(r) { // belongs to the letter before it
			continue
		}
		if unicode.IsLetter(before) != unicode.IsLetter(r) || unicode.IsLower(before) && unicode.IsUpper(r) {
			pieces = append(pieces, text[start:i])
			start = i
		}
		before = r
	}
	return append(pieces, text[start:])
}

// withoutSigns leaves letters and digits of pieces.
func withoutSigns(pieces []string) []string {
	var rest []string
	for _, piece := range pieces {
		rest = append(rest, strings.Join(strings.FieldsFunc(piece, notInName), ""))
	}
	return rest
}

// nameParts are the words of names, the program's too, and the names as one word, that are long enough to matter.
func nameParts(names []string) []string {
	var parts []string
	for _, name := range append([]string{programName}, names...) {
		key := usernameKey(name)
		for _, spelling := range [...]string{key, strength.SpelledOut(key)} {
			words := strings.FieldsFunc(strength.Plain(spelling), notInName)
			for _, w := range append(words, strings.Join(words, "")) {
				if utf8.RuneCountInString(w) >= minNamePart && !slices.Contains(parts, w) {
					parts = append(parts, w)
				}
			}
		}
	}
	return parts
}

func notInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// newPassword is a password and the key pair that it protects, ready to be stored.
type newPassword struct {
	password password
	public   vault.Public
	private  []byte
}

// makePassword does the slow part of giving a user a password, outside any
// transaction: a new key pair, its private half sealed under the password.
func (p *Practice) makePassword(userID, text string, oneTime bool) (newPassword, vault.Private, error) {
	salt := vault.NewSalt()
	stretched, err := vault.Stretch(text, salt, p.cost)
	if err != nil {
		return newPassword{}, vault.Private{}, err
	}
	private := vault.GenerateKeyPair()
	return newPassword{
		password: password{Salt: salt, Cost: p.cost, Verifier: stretched.Verifier[:], OneTime: oneTime},
		public:   private.Public(),
		private:  stretched.Key.Seal(private.Bytes(), privateAAD(p.id, userID)),
	}, private, nil
}

// setPassword puts a made password into place, with the records key for it.
// Failures with the earlier one are reset.
func (r *register) setPassword(u *user, made newPassword, records vault.Key) error {
	u.Password, u.Public, u.Private = made.password, made.public, made.private
	r.forgetGuesses(u.Username)
	return r.sealRecords(u, records)
}

// sealRecords seals the records key to a user.
func (r *register) sealRecords(u *user, records vault.Key) (err error) {
	u.Records, err = vault.SealKey(records, u.Public, recordsAAD(r.Practice, u.ID))
	return err
}

// proves says whether a stretched password is the user's own.
func (u *user) proves(s vault.Stretched) bool {
	return subtle.ConstantTimeCompare(u.Password.Verifier, s.Verifier[:]) == 1
}

// openPrivate opens the private half of the user's key pair with their
// stretched password.
func (u *user) openPrivate(practice string, s vault.Stretched) (vault.Private, error) {
	raw, err := s.Key.Open(u.Private, privateAAD(practice, u.ID))
	if err != nil {
		return vault.Private{}, err
	}
	return vault.ParsePrivate(raw)
}

// recordsKey opens the records key with the private half of the user's key pair.
func (r *register) recordsKey(u *user, private vault.Private) (vault.Key, error) {
	key, err := private.OpenKey(u.Records, recordsAAD(r.Practice, u.ID))
	if err != nil {
		return vault.Key{}, fmt.Errorf("open the records key: %w", ErrDamaged) // unreachable: the register is sealed
	}
	return key, nil
}

// raiseCost stretches a password that was just verified again, with the present cost. If
// that fails the next sign-in tries again.
func (p *Practice) raiseCost(ctx context.Context, userID, text string, old vault.Stretched) {
	salt := vault.NewSalt()
	raised, err := vault.Stretch(text, salt, p.cost)
	if err == nil {
		err = p.update(ctx, func(c *change) error {
			u := c.userByID(userID)
			if u == nil || !u.proves(old) {
				return ErrConflict
			}
			raw, err := old.Key.Open(u.Private, privateAAD(p.id, u.ID))
			if err != nil {
				return ErrDamaged // unreachable: verifier and key come from one argon2id
			}
			u.Private = raised.Key.Seal(raw, privateAAD(p.id, u.ID))
			u.Password.Salt, u.Password.Cost, u.Password.Verifier = salt, p.cost, raised.Verifier[:]
			return nil
		})
	}
	if err != nil {
		slog.Warn("the cost of a password was not raised", "error", err)
	}
}

func privateAAD(practice, userID string) vault.AAD {
	return vault.AAD{Practice: practice, Table: "user private key", Row: userID}
}

func recordsAAD(practice, userID string) vault.AAD {
	return vault.AAD{Practice: practice, Table: "records key", Row: userID}
}
