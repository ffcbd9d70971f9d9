namespace Ledger.Fuzz;

/// <summary>A field of a protobuf message, as it stands in the bytes.</summary>
/// <param name="Number">The field's number.</param>
/// <param name="Wire">0 varint, 1 eight bytes, 2 bytes with their length, 5 four bytes.</param>
/// <param name="Start">Where its tag begins.</param>
/// <param name="Content">Where its value begins, behind the length.</param>
/// <param name="End">Where the next field begins.</param>
internal readonly record struct WireField(ulong Number, int Wire, int Start, int Content, int End);
