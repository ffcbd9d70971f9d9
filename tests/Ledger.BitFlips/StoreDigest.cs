using System.Security.Cryptography;
using Ledger.Node.Storage;

namespace Ledger.BitFlips;

/// <summary>A digest over every key and value of a store.</summary>
public static class StoreDigest
{
    /// <summary>The digest; equal stores have equal ones.</summary>
    public static string Of(LedgerDatabase database) => OfAllBut(database, null);

    /// <summary>The digest without one column.</summary>
    public static string OfAllBut(LedgerDatabase database, string? without)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string column in LedgerColumns.All.Where(column => column != without))
        {
            foreach ((byte[] key, byte[] value) in database.Scan(column, []))
            {
                hash.AppendData(BitConverter.GetBytes(key.Length));
                hash.AppendData(key);
                hash.AppendData(BitConverter.GetBytes(value.Length));
                hash.AppendData(value);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
