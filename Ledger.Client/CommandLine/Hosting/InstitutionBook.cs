using Google.Protobuf;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>The institutions as the profile's node lists them.</summary>
internal static class InstitutionBook
{
    private const uint PageSize = 500;

    /// <summary>All of them, page after page.</summary>
    public static async Task<IReadOnlyList<InstitutionView>> ListAsync(
        Session session, CancellationToken cancellation)
    {
        List<InstitutionView> all = [];
        ByteString cursor = ByteString.Empty;
        do
        {
            InstitutionPage page = await session.Client.ListInstitutionsAsync(
                new PageRequest { Limit = PageSize, Cursor = cursor }, cancellation).ConfigureAwait(false);
            all.AddRange(page.Institutions);
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        return all;
    }
}
