package exchange

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// letters are, for each language or group of them, those beyond ASCII that its names have.
// The most common ones stand before "|", where that tells it from others; what follows "~" or "^"
// counts less than a common one: Czech ř and the bytes of Chinese look like these.
var letters = []string{
	"äöüß", "éèêëàâçîïôûùüÿœæ", "áéíóúüñ", "ãáâàçéêíóôúü|õ", "àèéìíòóù", "éëïöü", "æøåéöäü", "åäöéü", // western Europe
	"ąćęłńóśźż", "áčďéěíňóřšťúůýžľĺŕôä", "áéíóöőúüű", "ăâîșțşţ", "čćđšžë", // central Europe
	"çğıöşüâîû", "~áéíóúýæöðþø",
	"аоеинтсрвлкм|дпуяыьгзбчйхжшюцщэфъёіїєґў",
	"αοιετσνηυρκςάέήίόώύ|πμλωγδθχφβξζψϊϋΰΐ",
	"のんいさとしたなかまりるらこうくすみきちよえおあ佐藤鈴木高橋田中伊渡辺山本村小林加吉子太郎美和|アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワンガギグゲゴザジズゼゾダデドバビブベボパピプペポャュョッー氏名生年月日性別男女電話番号郵便住所東京都道府県市区町^ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟ",
	"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎|小明伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂姓名性别男女出生日期年月日电话手机号地址省市区县路",
	"陳張劉楊趙黃吳孫馬羅鄭謝韓馮許鄧蕭葉蘇盧蔣賈閻呂王李周林何郭高|小明偉芳秀英敏靜麗強磊軍洋勇艷傑娟濤超霞平剛桂美玲怡君家豪志姓名性別男女出生日期年月日電話手機號地址市區縣路",
}

var weights = map[rune]float64{'|': 0.7, '^': 0.74, '~': 0.95}

// languages are letters, and what each of them counts.
var languages = sync.OnceValue(func() []map[rune]float64 {
	var all []map[rune]float64
	for _, text := range letters {
		counts, weight := make(map[rune]float64), 1.0
		for _, r := range text {
			if other, ok := weights[r]; ok {
				weight = other
				continue
			}
			counts[r] = weight
		}
		all = append(all, counts)
	}
	return all
})

// guess says in which of the tables' encodings the words of a file most likely are: that in
// which what is not ASCII is letters of one language.
func guess(words []byte) Encoding {
	best, most := Windows1252, -1.0
	for e := Windows1252; e <= Big5; e++ {
		text, err := tables[e].NewDecoder().Bytes(words)
		if err != nil {
			continue
		}
		if score := likeness(string(text)); score > most {
			best, most = e, score
		}
	}
	return best
}

// likeness is how much of what is not ASCII in a text is letters of one language, or signs where
// signs stand: 1 is all.
func likeness(text string) float64 {
	all, signs := 0, 0.0
	sums := make([]float64, len(languages()))
	runes := []rune(text)
	for from := 0; from < len(runes); {
		if !unicode.IsLetter(runes[from]) {
			if r := runes[from]; r >= utf8.RuneSelf {
				all++
				// A sign that stands as signs do counts as a letter does, else less: other encodings
				// have letters and signs in its place.
				after := from > 0 && unicode.IsLetter(runes[from-1])
				before := from+1 < len(runes) && unicode.IsLetter(runes[from+1])
				switch {
				case !strings.ContainsRune(punctuation, r), r != '’' && before && after:
				case !before && (!after || r == '…'), r == '’' && isEnglish(runes[from+1:]):
					signs++
				default:
					signs += 0.9
				}
			}
			from++
			continue
		}
		to := from
		for to < len(runes) && unicode.IsLetter(runes[to]) {
			to++
		}
		all += addWord(sums, runes[from:to])
		from = to
	}
	return (slices.Max(sums) + signs) / float64(max(1, all))
}

// addWord adds what the letters of a word say for each language, and returns how many are not
// ASCII.
func addWord(sums []float64, word []rune) (all int) {
	isLatin := slices.ContainsFunc(word, func(r rune) bool { return r < utf8.RuneSelf })
	isMixed := hasCapitalInside(word)
	for _, r := range word {
		if r < utf8.RuneSelf {
			continue
		}
		all++
		if isMixed || isLatin && !unicode.Is(unicode.Latin, r) {
			continue // hardly any word is so
		}
		for i, counts := range languages() {
			if weight, ok := counts[unicode.ToLower(r)]; ok {
				sums[i] += weight
			} else if i >= len(letters)-3 && unicode.Is(unicode.Han, r) {
				sums[i] += 0.4 // there are thousands
			}
		}
	}
	return all
}

// hasCapitalInside says that a capital letter follows a small one, as in bytes that are read as
// the wrong letters.
func hasCapitalInside(word []rune) bool {
	small := slices.IndexFunc(word, unicode.IsLower)
	return small >= 0 && slices.ContainsFunc(word[small:], unicode.IsUpper)
}

// punctuation is what programs make of signs that are typed.
const punctuation = "“”‘’„‚«»–—…€£°§·•½¼¾"

// wordsKept is how many bytes of words a guess looks at.
const wordsKept = 16 << 10

// keepWords adds to kept the words of a piece of a file that are not all ASCII.
func keepWords(kept, piece []byte) []byte {
	for word := range bytes.FieldsFuncSeq(piece, func(r rune) bool { return r < utf8.RuneSelf && !unicode.IsLetter(r) }) {
		if len(kept)+len(word) > wordsKept {
			break
		}
		if bytes.ContainsFunc(word, func(r rune) bool { return r >= utf8.RuneSelf }) {
			kept = append(append(kept, word...), ' ')
		}
	}
	return kept
}

// isEnglish says that what stands behind an apostrophe is as in O’Brien, Sam’s, don’t.
func isEnglish(after []rune) bool {
	return len(after) > 0 && (unicode.IsUpper(after[0]) || strings.ContainsRune("st", after[0]) && (len(after) == 1 || !unicode.IsLetter(after[1])))
}
