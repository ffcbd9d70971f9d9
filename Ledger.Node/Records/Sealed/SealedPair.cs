using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>A part of a row's key, and what is sealed in the row.</summary>
/// <param name="Key">The part of the key that was not asked by.</param>
/// <param name="Content">What is sealed.</param>
internal readonly record struct SealedPair(SearchKey Key, byte[] Content)
{
    /// <summary>All rows of a statement that gives these two columns.</summary>
    public static IReadOnlyList<SealedPair> All(DbDataReader rows)
    {
        using (rows)
        {
            List<SealedPair> found = [];
            while (rows.Read())
            {
                found.Add(new SealedPair(
                    SearchKey.Of(rows.GetFieldValue<byte[]>(0)), rows.GetFieldValue<byte[]>(1)));
            }

            return found;
        }
    }
}
