using System.Collections.Concurrent;
using System.Globalization;
using Ledger.Client.Nodes;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Hosting;

/// <summary>
/// Peers as the newest state names them: identity key, endpoint and binding minimum from the registrar. An address that
/// the operator configured goes before the ledger's: it must be possible to say where a peer has moved while the ledger
/// cannot decide anything without it. It proves nothing; the peer's binding does.
/// </summary>
public sealed class LedgerPeerDirectory : IPeerDirectory
{
    private readonly Address self;
    private readonly ChainState chain;
    private readonly SortedDictionary<Address, Uri> configured = [];

    // Asked for every frame, and the same from block to block.
    private volatile Admission admission = new(null, new ConcurrentDictionary<Address, bool>());

    /// <summary>A directory for the node of <paramref name="self"/>.</summary>
    public LedgerPeerDirectory(Address self, ChainState chain, IReadOnlyDictionary<string, string> bootstrap)
    {
        this.self = self;
        this.chain = chain;
        foreach ((string address, string endpoint) in bootstrap)
        {
            configured[ParseAddress(address)] = ParseConfigured(endpoint);
        }
    }

    /// <summary>
    /// Where peers are before the ledger says so: the genesis document's endpoints, and over them the configured ones.
    /// </summary>
    public static SortedDictionary<Address, Uri> Configured(
        Genesis genesis, IReadOnlyDictionary<string, string> bootstrap)
    {
        SortedDictionary<Address, Uri> configured = [];
        foreach (Founder founder in genesis.Founders)
        {
            if (WebAddress.TryParseSecure(founder.PeerEndpoint, out Uri? uri))
            {
                configured[Address.Of(new PublicKeyBytes(founder.IdentityKey.Span))] = uri;
            }
        }

        foreach ((string address, string endpoint) in bootstrap)
        {
            configured[ParseAddress(address)] = ParseConfigured(endpoint);
        }

        return configured;
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
        if (state.Institution(institution) is not { } known
            || !state.HasDuties(institution)
            || state.CurrentKey(institution) is not { } key)
        {
            return null;
        }

        Uri? uri = configured.GetValueOrDefault(institution)
            ?? ParseEndpoint(state.Endpoint(institution, EndpointKind.Peer));
        return new PeerEntry(institution, known.Name, key, uri, known.TlsBindingMinimum);
    }

    /// <inheritdoc/>
    public bool IsAdmitted(Address institution)
    {
        LedgerState state = chain.Head.State;
        Admission known = admission;
        if (!ReferenceEquals(known.State, state))
        {
            known = new Admission(state, new ConcurrentDictionary<Address, bool>());
            admission = known;
        }

        return known.Known.GetOrAdd(institution, static (address, state) => state.HasDuties(address), state);
    }

    private static Uri? ParseEndpoint(string? text) =>
        WebAddress.TryParseSecure(text, out Uri? uri) ? uri : null;

    private static Uri ParseConfigured(string endpoint) => ParseEndpoint(endpoint)
        ?? throw new Configuration.ConfigurationException(
            $"bootstrap: \"{endpoint}\" is not an address of a peer; write https://HOST:PORT.");

    private static Address ParseAddress(string text) => Address.TryParse(text, out Address address)
        ? address
        : throw new Configuration.ConfigurationException(string.Create(
            CultureInfo.InvariantCulture,
                $"bootstrap: \"{text}\" is not an institution's address of 64 hexadecimal digits."));

    /// <summary>Who of those that were asked for is admitted in a state.</summary>
    private sealed record Admission(LedgerState? State, ConcurrentDictionary<Address, bool> Known);
}
