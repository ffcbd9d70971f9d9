namespace Ledger.BitFlips;

/// <summary>One flipped bit and what became of it.</summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="File">Its name.</param>
/// <param name="Offset">Byte of the file, from 0.</param>
/// <param name="Mask">The bit.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="What">The message, or why it is a failure.</param>
public sealed record Flip(string Kind, string File, long Offset, byte Mask, FlipOutcome Outcome, string What);
