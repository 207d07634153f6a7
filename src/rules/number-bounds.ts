/**
 * Stored numbers are exact, and the API shows the nearest float of each. A bound that was read from an answer must include the
 * session that it came from, and a comparison of the column itself is what an index serves: so bounds become exact here.
 */

/** The least whole number of units of 10^-scale whose nearest float is at least the bound. */
export function leastUnits(bound: number, scale: number): bigint {
  if (bound < 0) return -greatestUnits(-bound, scale)
  const { mantissa, exponent, isPower } = partsOf(bound)
  // Half way to the float below; below a power of two that one is half as far away.
  const [half, position] = isPower ? [4n * mantissa - 1n, exponent - 2] : [2n * mantissa - 1n, exponent - 1]
  const { whole, isWhole } = scaled(half, position, scale)
  // Half way between two floats is shown as the even one.
  return isWhole && mantissa % 2n === 0n ? whole : whole + 1n
}

/** The greatest whole number of units of 10^-scale whose nearest float is at most the bound. */
export function greatestUnits(bound: number, scale: number): bigint {
  if (bound < 0) return -leastUnits(-bound, scale)
  const { mantissa, exponent } = partsOf(bound)
  const { whole, isWhole } = scaled(2n * mantissa + 1n, exponent - 1, scale)
  return isWhole && mantissa % 2n === 1n ? whole - 1n : whole
}

/** A number of units of 10^-scale as a decimal. */
export function toDecimal(units: bigint, scale: number): string {
  if (scale === 0) return units.toString()
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** A float of zero or more as mantissa · 2^exponent; whether the floats below it stand closer together. */
function partsOf(float: number): { mantissa: bigint; exponent: number; isPower: boolean } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, Math.abs(float))
  const exponent = bits.getUint16(0) >> 4
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn
  if (exponent === 0) return { mantissa: fraction, exponent: -1074, isPower: false }
  return {
    mantissa: fraction | (1n << 52n),
    exponent: exponent - 1075,
    isPower: fraction === 0n && exponent > 1,
  }
}

/** number · 2^place · 10^scale, rounded down, and whether it is a whole number. */
function scaled(number: bigint, position: number, scale: number): { whole: bigint; isWhole: boolean } {
  const units = number * 10n ** BigInt(scale)
  if (position >= 0) return { whole: units << BigInt(position), isWhole: true }
  const whole = units >> BigInt(-position)
  return { whole, isWhole: whole << BigInt(-position) === units }
}
