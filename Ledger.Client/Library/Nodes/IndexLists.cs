using System.Runtime.CompilerServices;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Nodes;

/// <summary>Whole answers of the indexes, page after page.</summary>
public static class IndexLists
{
    private const uint PageSize = 500;

    /// <summary>All entries of a learner's index that fit; the request's page is set here.</summary>
    public static async IAsyncEnumerable<IndexEntry> ListUicEntriesAsync(
        this LedgerClient client, UicRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        request.Page = new PageRequest { Limit = PageSize };
        do
        {
            IndexPage page = await client.ListUicAsync(request, cancellation).ConfigureAwait(false);
            foreach (IndexEntry entry in page.Entries)
            {
                yield return entry;
            }

            request.Page.Cursor = page.Cursor;
        }
        while (!request.Page.Cursor.IsEmpty);
    }

    /// <summary>All entries of a provider's index that fit; the request's page is set here.</summary>
    public static async IAsyncEnumerable<IndexEntry> ListPicEntriesAsync(
        this LedgerClient client, PicRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        request.Page = new PageRequest { Limit = PageSize };
        do
        {
            IndexPage page = await client.ListPicAsync(request, cancellation).ConfigureAwait(false);
            foreach (IndexEntry entry in page.Entries)
            {
                yield return entry;
            }

            request.Page.Cursor = page.Cursor;
        }
        while (!request.Page.Cursor.IsEmpty);
    }
}
