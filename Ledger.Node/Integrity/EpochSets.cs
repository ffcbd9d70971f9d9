using System.Collections.Concurrent;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Node.Storage;

namespace Ledger.Node.Integrity;

/// <summary>
/// The validator set of each epoch: the first from the genesis document, the others from the store. Any thread may ask.
/// </summary>
public sealed class EpochSets(LedgerDatabase database, GenesisState genesis)
{
    private readonly ConcurrentDictionary<ulong, ValidatorSet> known = new()
    {
        [0] = ValidatorSet.Of(genesis.Validators.Select(seat => new Validator(seat.Address, seat.VoteKey))),
    };

    /// <summary>
    /// The set of an epoch, or null if the store does not tell. Whether it is the right one, the header says.
    /// </summary>
    public ValidatorSet? Of(ulong epoch)
    {
        if (known.TryGetValue(epoch, out ValidatorSet? set))
        {
            return set;
        }

        try
        {
            if (database.Get(LedgerColumns.Meta, ChainWriter.EpochKey(epoch - 1)) is not { } stored
                || !ValidatorSet.TryDecode(StoredEpoch.Parser.ParseFrom(stored).Next.ToByteArray(), out set))
            {
                return null;
            }
        }
        catch (Exception problem) when (problem is DamagedDataException or InvalidProtocolBufferException)
        {
            return null;
        }

        known[epoch] = set;
        return set;
    }
}
