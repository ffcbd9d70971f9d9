using System.Globalization;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>
/// Peers as the newest state names them: identity key, endpoint and binding minimum from the registrar; configured
/// bootstrap addresses and those of the genesis document stand in where the ledger names none.
/// </summary>
public sealed class LedgerPeerDirectory : IPeerDirectory
{
    private readonly Address self;
    private readonly ChainState chain;
    private readonly SortedDictionary<Address, Uri> fallback = [];

    /// <summary>A directory for the node of <paramref name="self"/>.</summary>
    public LedgerPeerDirectory(
        Address self, ChainState chain, Genesis genesis, IReadOnlyDictionary<string, string> bootstrap)
    {
        this.self = self;
        this.chain = chain;
        foreach (Founder founder in genesis.Founders)
        {
            if (Uri.TryCreate(founder.PeerEndpoint, UriKind.Absolute, out Uri? uri))
            {
                fallback[Address.Of(new PublicKeyBytes(founder.IdentityKey.Span))] = uri;
            }
        }

        foreach ((string address, string endpoint) in bootstrap)
        {
            fallback[ParseAddress(address)] = ParseEndpoint(endpoint);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<PeerEntry> Validators =>
        [.. chain.Head.NextSet.Validators
            .Where(validator => validator.Address != self)
            .Select(validator => Find(validator.Address))
            .OfType<PeerEntry>()];

    /// <inheritdoc/>
    public PeerEntry? Find(Address institution)
    {
        LedgerState state = chain.Head.State;
        if (state.Institution(institution) is not { Status: InstitutionStatus.Member } known
            || state.CurrentKey(institution) is not { } key)
        {
            return null;
        }

        string? published = state.Endpoint(institution, EndpointKind.Peer);
        Uri? uri = Uri.TryCreate(published, UriKind.Absolute, out Uri? parsed) && parsed.Scheme == Uri.UriSchemeHttps
            ? parsed
            : fallback.GetValueOrDefault(institution);
        return new PeerEntry(institution, known.Name, key, uri, known.TlsBindingMinimum);
    }

    private static Address ParseAddress(string text) => Address.TryParse(text, out Address address)
        ? address
        : throw new Configuration.ConfigurationException(string.Create(
            CultureInfo.InvariantCulture,
                $"bootstrap: \"{text}\" is not an institution's address of 64 hexadecimal digits."));

    // Without a scheme, a host name and a port are read as a scheme and a path.
    private static Uri ParseEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps
            ? uri
            : throw new Configuration.ConfigurationException(
                $"bootstrap: \"{text}\" is not an address of a peer; write https://host:port.");
}
