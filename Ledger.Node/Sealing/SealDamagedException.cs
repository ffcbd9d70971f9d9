namespace Ledger.Node.Sealing;

/// <summary>
/// A sealed value does not open: a disk or a hand has changed it, or it was moved to another row, or its key is lost.
/// The text says what to do.
/// </summary>
public sealed class SealDamagedException : Exception
{
    /// <summary>Tells what is damaged and what to do.</summary>
    public SealDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>The key that is lost; null where it is there, and the value itself is damaged.</summary>
    public long? LostKey { get; private init; }

    /// <summary>A value of a table.</summary>
    internal static SealDamagedException OfValue(ReadOnlySpan<byte> context) => new(
        $"The sealed value of row {Convert.ToHexStringLower(context)} is not what was sealed there. Put back a backup "
        + "of the records; the keys stay as they are.");

    /// <summary>A row of the key file.</summary>
    internal static SealDamagedException OfKey(string path, long id) => new(
        $"The key {id:x16} in {path} is damaged. Put back a backup of this file: ledger-node keys restore.")
    {
        LostKey = id,
    };

    /// <summary>A key that the file lacks, and that nobody has erased.</summary>
    internal static SealDamagedException OfMissingKey(string path, long id) => new(
        $"The key {id:x16} is missing in {path}, and was not erased: the file is older than what it opens. Put back "
        + "the missing keys from a newer copy of it: ledger-node keys restore.")
    {
        LostKey = id,
    };
}
