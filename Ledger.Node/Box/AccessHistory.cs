using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// What happened to a learner's rights, from the events of those blocks alone in which the learner occurs. What time
/// ended is among them, and each grant that ended with another one.
/// </summary>
public sealed class AccessHistory(ChainReader reader)
{
    /// <summary>Blocks that are read for one page: well below a second of reading.</summary>
    private const int BlocksMax = 500;

    /// <summary>Entries after which a page ends with its block.</summary>
    private const int EntriesMax = 1000;

    /// <summary>The entries from a height on, up to the head or as many as a page takes.</summary>
    public AccessPage Page(Address learner, ulong from, ulong head)
    {
        ByteString field = learner.ToField();
        AccessPage page = new() { FirstBlock = reader.FirstBlock };
        int read = 0;
        foreach (ulong height in reader.EventHeights(
            EventIndex.PrefixOf(field), Math.Max(from, reader.FirstBlock)).TakeWhile(height => height <= head))
        {
            if (read == BlocksMax || page.Entries.Count >= EntriesMax)
            {
                page.NextHeight = height;
                break;
            }

            read++;
            Add(page, field, height);
        }

        return page;
    }

    private void Add(AccessPage page, ByteString learner, ulong height)
    {
        StoredBlock stored = reader.Block(height)
            ?? throw new InvalidOperationException($"block {height} is not on disk");
        StoredResults results = reader.Results(height)
            ?? throw new InvalidOperationException($"the events of block {height} are not on disk");
        Invariant.That(BlockHeader.TryDecode(stored.Block.Proposal.Header.Span, out BlockHeader? header));
        foreach (EventMessage one in EventList.Parser.ParseFrom(results.Events).Events)
        {
            AccessAct act = ActOf((ContractEventKind)one.Kind);
            if (act == AccessAct.Unspecified || one.Learner != learner)
            {
                continue;
            }

            page.Entries.Add(new AccessEntry
            {
                Height = height,
                TimeUnixMs = header.TimeUnixMs,
                Act = act,
                Actor = one.Actor,
                Verb = one.Verb,
                Subject = one.Subject,
                Number = one.Number,
                Rights = one.Rights,
            });
        }
    }

    // An approval is told by its grant.
    private static AccessAct ActOf(ContractEventKind kind) => kind switch
    {
        ContractEventKind.AccessRequested => AccessAct.Requested,
        ContractEventKind.AccessDenied => AccessAct.Denied,
        ContractEventKind.AccessGranted => AccessAct.Granted,
        ContractEventKind.AccessRevoked or ContractEventKind.DefaultRightRevoked => AccessAct.Revoked,
        ContractEventKind.AccessRenounced => AccessAct.Renounced,
        ContractEventKind.RequestWithdrawn => AccessAct.Withdrawn,
        ContractEventKind.AccessExpired => AccessAct.Expired,
        ContractEventKind.RequestExpired => AccessAct.RequestExpired,
        _ => AccessAct.Unspecified,
    };
}
