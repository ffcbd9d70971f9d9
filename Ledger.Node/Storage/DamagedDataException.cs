namespace Ledger.Node.Storage;

/// <summary>
/// What is stored under a key cannot be read, or is not what was stored. The process may go on: the text names the
/// thing.
/// </summary>
public sealed class DamagedDataException : Exception
{
    /// <summary>Damage of one key.</summary>
    public DamagedDataException(string column, byte[] key, string what, Exception? cause)
        : base($"{column} {Convert.ToHexStringLower(key)}: {what}", cause)
    {
        Column = column;
        Key = key;
    }

    /// <summary>The column family.</summary>
    public string Column { get; }

    /// <summary>The key, or the prefix or start of a scan.</summary>
    public byte[] Key { get; }
}
