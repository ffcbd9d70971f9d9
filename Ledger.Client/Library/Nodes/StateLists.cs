using System.Runtime.CompilerServices;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>
/// Lists values of the state below a prefix that <see cref="StateKeys.Prefix(StateKind, Address)"/> and its kin make,
/// page after page. What comes is the node's word; <see cref="ListProvedAsync"/> brings proofs.
/// </summary>
public static class StateLists
{
    private const uint PageSize = 500;

    // Blocks come at most a few a second, and an answer takes a few milliseconds.
    private const int ProofRoundsMax = 10;

    /// <summary>The value of one key, or null where there is none.</summary>
    public static async Task<T?> FindAsync<T>(
        this LedgerClient client, StateKey key, MessageParser<T> parser, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        StateEvidence evidence = await client.GetStateAsync(key.Raw, cancellation).ConfigureAwait(false);
        return evidence.Value.IsEmpty ? null : parser.ParseFrom(evidence.Value);
    }

    /// <summary>Every key below the prefix with its value as bytes.</summary>
    public static async IAsyncEnumerable<ListedState> ListEntriesAsync(
        this LedgerClient client, byte[] prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach ((ListedState entry, _) in PagesAsync(client, prefix, withProofs: false, cancellation)
            .ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    /// <summary>The value of every key below the prefix. For kinds that are no instances.</summary>
    public static async IAsyncEnumerable<StateItem<T>> ListAsync<T>(
        this LedgerClient client,
        byte[] prefix,
        MessageParser<T> parser,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        await foreach ((ListedState entry, StatePage page) in
            PagesAsync(client, prefix, withProofs: false, cancellation).ConfigureAwait(false))
        {
            yield return new StateItem<T>(new StateKey(entry.Key.Memory), parser.ParseFrom(entry.Value), page.Height);
        }
    }

    /// <summary>
    /// Every instance below the prefix, closed ones too, in order of number within a series; the counters, which bear
    /// the number 0, are left out.
    /// </summary>
    public static async IAsyncEnumerable<StateItem<T>> ListInstancesAsync<T>(
        this LedgerClient client,
        byte[] prefix,
        MessageParser<T> parser,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        await foreach ((ListedState entry, StatePage page) in
            PagesAsync(client, prefix, withProofs: false, cancellation).ConfigureAwait(false))
        {
            StateKey key = new(entry.Key.Memory);
            if (StateItem<T>.NumberOf(key) != 0)
            {
                yield return new StateItem<T>(key, parser.ParseFrom(entry.Value), page.Height);
            }
        }
    }

    /// <summary>Evidence of every key below the prefix, each of which <c>ProofVerifier</c> verifies alone.</summary>
    public static async IAsyncEnumerable<StateEvidence> ListProvedAsync(
        this LedgerClient client, byte[] prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach ((ListedState entry, StatePage page) in PagesAsync(client, prefix, withProofs: true, cancellation)
            .ConfigureAwait(false))
        {
            yield return new StateEvidence
            {
                Version = Verification.ProofVerifier.Version,
                Membership = page.Membership,
                Block = page.Block,
                Key = entry.Key,
                Value = entry.Value,
                Proof = entry.Proof,
            };
        }
    }

    /// <summary>
    /// One file of everything below the prefixes, all at one head, with the header of an earlier block where that is
    /// given. At most a page of each prefix: what is more must be asked for more narrowly.
    /// </summary>
    public static async Task<StateList> ProveAsync(
        this LedgerClient client,
        IReadOnlyList<byte[]> prefixes,
        CertifiedHeader? asOf,
        CancellationToken cancellation)
    {
        for (int round = 0; round < ProofRoundsMax; round++)
        {
            List<StatePage> pages = [];
            foreach (byte[] prefix in prefixes)
            {
                pages.Add(await FirstPageAsync(client, prefix, cancellation).ConfigureAwait(false));
            }

            // A block may have come between two answers; what is proved together must stand at one head.
            if (pages.All(page => page.BlockHash == pages[0].BlockHash))
            {
                return ListOf(pages, asOf);
            }
        }

        throw new LedgerClientException(
            ClientFailure.Undecided, "The ledger moves on faster than the node answers. Try again later.");
    }

    private static async Task<StatePage> FirstPageAsync(
        LedgerClient client, byte[] prefix, CancellationToken cancellation)
    {
        StatePage page = await client.ListStateAsync(
            new StateListRequest
            {
                Prefix = ByteString.CopyFrom(prefix),
                Page = new PageRequest { Limit = PageSize },
                WithProofs = true,
            },
            cancellation).ConfigureAwait(false);
        return page.Cursor.IsEmpty
            ? page
            : throw new LedgerClientException(
                ClientFailure.WrongUse, "This is more than one file proves. Ask for less, for instance for one verb.");
    }

    private static StateList ListOf(List<StatePage> pages, CertifiedHeader? asOf)
    {
        StateList list = new()
        {
            Version = Verification.ProofVerifier.Version,
            Membership = pages[0].Membership,
            Block = pages[0].Block,
            AsOf = asOf,
        };
        list.Keys.AddRange(pages.SelectMany(static page => page.Entries).Select(static entry => new ProvedKey
        {
            Key = entry.Key, Value = entry.Value, Proof = entry.Proof,
        }));
        return list;
    }

    private static async IAsyncEnumerable<(ListedState Entry, StatePage Page)> PagesAsync(
        LedgerClient client,
        byte[] prefix,
        bool withProofs,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        StateListRequest request = new()
        {
            Prefix = ByteString.CopyFrom(prefix),
            Page = new PageRequest { Limit = PageSize },
            WithProofs = withProofs,
        };
        do
        {
            StatePage page = await client.ListStateAsync(request, cancellation).ConfigureAwait(false);
            foreach (ListedState entry in page.Entries)
            {
                yield return (entry, page);
            }

            request.Page.Cursor = page.Cursor;
        }
        while (!request.Page.Cursor.IsEmpty);
    }
}
