namespace Ledger.Workload;

/// <summary>One hour of one school day.</summary>
/// <param name="StartMilliseconds">Its start, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Unit">The teaching unit of that day.</param>
/// <param name="StartsDay">Whether it is the first hour of its day.</param>
/// <param name="InSchool">Whether it lies in school hours; the others are evening hours.</param>
/// <param name="Weight">How many records fall into it, relative to other cells.</param>
internal readonly record struct TimeCell(long StartMilliseconds, int Unit, bool StartsDay, bool InSchool, int Weight);
