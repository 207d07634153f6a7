/** Whether PostgreSQL reads the ISO text of a moment: its year is 1 to 9999. */
export function isStorableTime(moment: Date): boolean {
  const year = moment.getUTCFullYear()
  return year >= 1 && year <= 9999
}
