namespace Ledger.CommandLine.Hosting;

/// <summary>A line of a file, as bytes; nothing says that they are text.</summary>
/// <param name="Number">Its number, from 1 on.</param>
/// <param name="Bytes">Its bytes without the end of the line; empty where there are too many.</param>
/// <param name="IsTooLong">It has more bytes than a line may have.</param>
internal readonly record struct ByteLine(ulong Number, ReadOnlyMemory<byte> Bytes, bool IsTooLong)
{
    /// <summary>Whether there is nothing on it but space.</summary>
    public bool IsBlank => !IsTooLong && Bytes.Span.Trim(" \t\f\v"u8).IsEmpty;
}
