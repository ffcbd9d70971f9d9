using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>Finds where the secure boxes of institutions answer.</summary>
internal static class BoxFinder
{
    /// <summary>
    /// A client of an institution's box as the ledger names it, or null where the ledger names none that can be
    /// checked.
    /// </summary>
    public static async Task<LedgerClient?> FindAsync(
        Session session, Address institution, CancellationToken cancellation)
    {
        InstitutionView view =
            await session.Client.GetInstitutionAsync(institution, cancellation).ConfigureAwait(false);
        string? uri = view.Endpoints.FirstOrDefault(static one => one.Kind == EndpointKind.Box)?.Uri;
        return uri is not null && NodeEndpoint.TryParse(uri, PinFor(session, uri), out NodeEndpoint? endpoint, out _)
            ? new LedgerClient(endpoint, session.ChainId, session.Identity, session.Time)
            : null;
    }

    /// <summary>The address of a box that was named.</summary>
    public static NodeEndpoint Parse(Session session, string? uri)
    {
        if (uri is null)
        {
            throw new CommandException(
                ExitCode.Refused, "The institution has published no secure box. Ask it, and use --box URI.");
        }

        return NodeEndpoint.TryParse(uri, PinFor(session, uri), out NodeEndpoint? endpoint, out string problem)
            ? endpoint
            : throw CommandException.WrongUse($"{problem} Use --box URI#sha256=HEX.");
    }

    // The profile's pin is that of its own node; another box must say its own.
    private static string? PinFor(Session session, string uri) =>
        WebAddress.TryParse(uri, out Uri? parsed)
            && parsed.Authority == session.Endpoint.Uri.Authority
            ? session.Profile.TlsPin
            : null;
}
