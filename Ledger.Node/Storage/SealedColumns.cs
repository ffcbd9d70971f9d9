namespace Ledger.Node.Storage;

/// <summary>
/// The columns whose contents follow from nothing else. Blocks, bodies, results, indexes and state are all proved by
/// the certified chain; these are proved by the seal alone.
/// </summary>
public static class SealedColumns
{
    /// <summary>All of them, in the order of the seal.</summary>
    public static readonly IReadOnlyList<string> All =
        [.. LedgerColumns.NodeLocal, LedgerColumns.Meta];

    /// <summary>Place of a column in the seal, or −1.</summary>
    public static int IndexOf(string column)
    {
        for (int place = 0; place < All.Count; place++)
        {
            if (All[place] == column)
            {
                return place;
            }
        }

        return -1;
    }
}
