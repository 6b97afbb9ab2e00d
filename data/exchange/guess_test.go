package exchange

import (
	"bytes"
	"strings"
	"testing"
)

// TestSniffAs: whoever knows better is believed, but not against a mark, and what is no character
// then is refused.
func TestSniffAs(t *testing.T) {
	for _, test := range []struct {
		file    string
		as      Encoding
		want    Encoding
		guessed bool
		name    string // of the first row; "": refused
	}{
		{"Name\nM\xfcller\n", Windows1251, Windows1251, true, "Mьller"},
		{"Name\nM\xfcller\n", UTF8, UTF8, true, ""},
		{"Name\nMüller\n", Windows1252, Windows1252, true, "MÃ¼ller"},
		{"\xef\xbb\xbfName\nMüller\n", Windows1252, UTF8, false, "Müller"},
		{"Name\nMuller\n", Big5, Big5, false, "Muller"},
		{"Name\nM\xfc\xfcller\n", ShiftJIS, ShiftJIS, true, ""},
	} {
		file := strings.NewReader(test.file)
		format, err := SniffAs(t.Context(), file, test.as)
		if err != nil || format.Encoding != test.want || format.Guessed != test.guessed {
			t.Errorf("%q as %d: %+v, %v", test.file, test.as, format, err)
			continue
		}
		in, err := Open(file, format)
		if err != nil {
			t.Fatal(err)
		}
		row, err := in.Read()
		if err != nil {
			t.Fatal(err)
		}
		p, refused := Convert(row, Options{Targets: Match(in.Titles(), nil), Today: today})
		if p.Name != test.name || (len(refused) == 0) != (test.name != "") {
			t.Errorf("%q as %d: %q, %v", test.file, test.as, p.Name, refused)
		}
	}
}

// TestGuess: names of each kind, as programs of their country write them, are read as what they are.
func TestGuess(t *testing.T) {
	names := map[string]string{
		"German":     "Name;Ort\nMüller, Jörg;Nürnberg\nGroß, Käthe;Köln\nÖzdemir, Ümit;Fürth\n",
		"French":     "Nom;Ville\nLefèvre, Zoé;Besançon\nBenoît, Hélène;Nîmes\nÉtienne, Anaïs;Orléans\n",
		"Spanish":    "Nombre;Ciudad\nMuñoz, José;Málaga\nIbáñez, María;Cádiz\n",
		"Polish":     "Nazwisko;Miasto\nWałęsa, Łukasz;Gdańsk\nŻak, Grażyna;Łódź\nWójcik, Paweł;Kraków\n",
		"Czech":      "Jméno;Město\nDvořák, Jiří;Plzeň\nNěmcová, Božena;Česká Lípa\nRůžička, Tomáš;Brno\n",
		"Hungarian":  "Név;Város\nKovács, Győző;Győr\nSzabó, Erzsébet;Kőszeg\nTóth, Gergő;Pécs\n",
		"Turkish":    "Ad;Şehir\nYıldız, Ayşe;İstanbul\nÖztürk, Çağla;Muğla\nŞahin, Gül;Eskişehir\n",
		"Russian":    "Имя;Город\nИванов, Пётр;Москва\nСмирнова, Анна;Тверь\nКузнецов, Юрий;Псков\n",
		"Greek":      "Όνομα;Πόλη\nΠαπαδόπουλος, Γιώργος;Αθήνα\nΝικολάου, Μαρία;Πάτρα\n",
		"Japanese":   "名前;町\n佐藤 さくら;横浜\n鈴木 一郎;大阪\nタナカ ケンジ;東京\n",
		"Chinese":    "姓名;城市\n王小明;北京\n李伟;上海\n张丽;广州\n刘洋;深圳\n",
		"Taiwanese":  "姓名;城市\n陳美玲;台北\n張家豪;高雄\n林志明;台中\n黃怡君;台南\n",
		"Irish":      "Name;Notes\nSam O’Brien;\n",
		"English":    "Name;Notes\nSam;doesn’t like needles\n",
		"dash":       "Name;Notes\nSam;Smith – Jones\n",
		"euro":       "Name;Notes\nSam;owes 20 €\n",
		"ellipsis":   "Name;Notes\nSam;call later…\n",
		"degree":     "Name;Notes\nSam;temp 38°\n",
		"pound":      "Name;Notes\nSam;owes £20\n",
		"bullet":     "Name;Notes\nSam;• allergic\n",
		"half":       "Name;Notes\nSam;1½ tablets\n",
		"Icelandic":  "Nafn;Bær\nSigurður;Akureyri\nÞór;Höfn\nGuðrún;Ísafjörður\n",
		"half kana":  "Name\nﾔﾏﾀﾞ ﾀﾛｳ\nｻﾄｳ ﾊﾅｺ\nｽｽﾞｷ ｲﾁﾛｳ\n",
		"quotations": "Name;Notes\nSam;“so” – €5\nO’Neill;…\n",
	}
	for _, test := range []struct {
		names string
		in    []Encoding
	}{
		{"German", []Encoding{Windows1252, MacRoman, DOS850, DOS437}},
		{"French", []Encoding{Windows1252, MacRoman, DOS850}},
		{"Spanish", []Encoding{Windows1252, MacRoman, DOS850}},
		{"Polish", []Encoding{Windows1250, Latin2, DOS852}},
		{"Czech", []Encoding{Windows1250, Latin2, DOS852}},
		{"Hungarian", []Encoding{Windows1250, DOS852}},
		{"Turkish", []Encoding{Windows1254}},
		{"Russian", []Encoding{Windows1251, CyrillicISO}},
		{"Greek", []Encoding{Windows1253}},
		{"Japanese", []Encoding{ShiftJIS}},
		{"Chinese", []Encoding{GBK}},
		{"Taiwanese", []Encoding{Big5}},
		{"quotations", []Encoding{Windows1252}},
		{"Irish", []Encoding{Windows1252}},
		{"English", []Encoding{Windows1252}},
		{"dash", []Encoding{Windows1252}},
		{"euro", []Encoding{Windows1252}},
		{"ellipsis", []Encoding{Windows1252}},
		{"degree", []Encoding{Windows1252}},
		{"pound", []Encoding{Windows1252}},
		{"bullet", []Encoding{Windows1252}},
		{"half", []Encoding{Windows1252}},
		{"Icelandic", []Encoding{Windows1252}},
		{"half kana", []Encoding{ShiftJIS}},
	} {
		for _, e := range test.in {
			written, err := tables[e].NewEncoder().String(names[test.names])
			if err != nil {
				t.Fatalf("%s can't be written in encoding %d: %v", test.names, e, err)
			}
			format, err := Sniff(t.Context(), strings.NewReader(written))
			if err != nil {
				t.Errorf("%s: %v", test.names, err)
				continue
			}
			var read bytes.Buffer
			if _, err := read.ReadFrom(decoded(strings.NewReader(written), format.Encoding)); err != nil || read.String() != names[test.names] {
				t.Errorf("%s in encoding %d is read as %d:\n%s", test.names, e, format.Encoding, read.String())
			}
		}
	}
}
