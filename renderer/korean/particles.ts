// Particles that depend on how the word before them ends are written with both forms, as in "은(는)". After a Korean word
// the right one is known; after a name in Latin letters both stay, as is usual.

const pairs: Readonly<Record<string, readonly [afterConsonant: string, afterVowel: string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)라는': ['이라는', '라는'],
}

const firstSyllable = 0xac00
const endings = 28
/** The number of the ending ㄹ, after which 로 stands as after a vowel. */
const rieul = 8

/** Chooses the form of each particle that follows a Korean word. */
export function chooseParticles(text: string): string {
  return text.replaceAll(
    /([가-힣])(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|\(이\)라는)/g,
    (_, syllable: string, pair: string) => {
      const ending = (syllable.charCodeAt(0) - firstSyllable) % endings
      const [afterConsonant, afterVowel] = pairs[pair]
      return syllable + (ending === 0 || (pair === '(으)로' && ending === rieul) ? afterVowel : afterConsonant)
    },
  )
}
