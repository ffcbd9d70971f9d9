using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Configuration;
using Ledger.Node.Integrity;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary>What commands read of a stopped node's data, without rebuilding its state.</summary>
public sealed class NodeFolder : IDisposable
{
    private readonly LedgerDatabase database;
    private readonly string data;

    private NodeFolder(LedgerDatabase database, string data)
    {
        this.database = database;
        this.data = data;
    }

    /// <summary>The last decided height on disk.</summary>
    public ulong Height => database.Get(LedgerColumns.Meta, ChainWriter.HeadKey) is { } head
        ? StoredHead.Parser.ParseFrom(head).Height
        : 0;

    /// <summary>Whether anything is known of what the vote key signed.</summary>
    public bool HasVoteState => database.Get(LedgerColumns.Consensus, ConsensusStore.VoteStateKey) is { Length: > 0 };

    /// <summary>Whether what the vote key signed is known to be damaged.</summary>
    public bool HasDamagedVotes =>
        DamagedVotes.AreNoted(data) || database.BrokenSeals.Contains(LedgerColumns.Consensus);

    /// <summary>Forgets damaged votes; their note stays.</summary>
    /// <exception cref="StorageFailedException">More than the votes is damaged.</exception>
    public void ForgetVotes() => DamagedVotes.Forget(database);

    /// <summary>Takes the note of damaged votes away.</summary>
    public void ClearDamagedVotes() => DamagedVotes.Clear(data);

    /// <summary>Opens the data of a node that does not run.</summary>
    /// <exception cref="ConfigurationException">There are none.</exception>
    /// <exception cref="StorageFailedException">The node runs, or the data cannot be opened.</exception>
    public static NodeFolder Open(NodeConfiguration configuration)
    {
        string data = configuration.Resolve(configuration.Data);
        return Directory.Exists(data)
            ? new NodeFolder(LedgerDatabase.Open(data), data)
            : throw new ConfigurationException($"There are no data in {data} yet: the node has not run.");
    }

    /// <summary>The key with which an institution's seat votes, as far as the data go; null without a seat.</summary>
    public PublicKeyBytes? SeatKey(Address institution)
    {
        byte[]? roll = database.Get(LedgerColumns.State, StateKeys.Roll.Raw.ToArray());
        Seat? seat = (roll is null ? new Roll() : Roll.Parser.ParseFrom(roll)).Seats
            .FirstOrDefault(one => one.Address.Span.SequenceEqual(institution.ToArray()));
        return seat is null ? null : new PublicKeyBytes(seat.VoteKey.Span);
    }

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();
}
