using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Commands;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>An institution's box as a reader asks it: where it answers, and the key that signs its answers.</summary>
internal sealed class NamedBox : IDisposable
{
    private NamedBox(LedgerClient client, PublicKeyBytes key)
    {
        Client = client;
        Key = key;
    }

    /// <summary>Calls the box.</summary>
    public LedgerClient Client { get; }

    /// <summary>The institution's identity key, proved where its address does not name it.</summary>
    public PublicKeyBytes Key { get; }

    /// <summary>Opens the box of an institution, at an address of its own where one is given.</summary>
    public static async Task<NamedBox> OpenAsync(
        Session session, TrustRoot trust, Address institution, string? box, CancellationToken cancellation)
    {
        InstitutionView view =
            await session.Client.GetInstitutionAsync(institution, cancellation).ConfigureAwait(false);
        PublicKeyBytes key = PublicKeyBytes.TryRead(view.PublicKey.Span, out PublicKeyBytes named)
            ? named
            : throw new CommandException(ExitCode.NotVerified, "The node names no public key of the institution.");
        if (Address.Of(key) != institution)
        {
            await IdentityProof.RequireAsync(session.Client, trust, institution, key, cancellation)
                .ConfigureAwait(false);
        }

        string? uri = box ?? view.Endpoints.FirstOrDefault(static one => one.Kind == EndpointKind.Box)?.Uri;
        return new NamedBox(
            new LedgerClient(BoxFinder.Parse(session, uri), session.ChainId, session.Identity, session.Time), key);
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
