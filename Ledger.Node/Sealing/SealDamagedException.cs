namespace Ledger.Node.Sealing;

/// <summary>
/// Sealed bytes are not what was sealed: a disk or a hand has changed them, or they were moved to another row. The text
/// says what to do.
/// </summary>
public sealed class SealDamagedException : Exception
{
    /// <summary>Tells what is damaged and what to do.</summary>
    public SealDamagedException(string message)
        : base(message)
    {
    }

    /// <summary>A value of a table.</summary>
    internal static SealDamagedException OfValue(ReadOnlySpan<byte> context) => new(
        $"The sealed value of row {Convert.ToHexStringLower(context)} is not what was sealed there. Put back a backup "
        + "of the records; the keys stay as they are.");

    /// <summary>A row of the key file.</summary>
    internal static SealDamagedException OfKey(string path, long id) => new(
        $"The key {id:x16} in {path} is damaged. Put back a backup of this file: ledger-node keys restore.");
}
