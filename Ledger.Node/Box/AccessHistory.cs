using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// What happened to a learner's rights, read from the blocks themselves: nothing that is decided can be missing, and no
/// list has to be kept for the few who ask.
/// </summary>
public sealed class AccessHistory(ChainReader reader)
{
    /// <summary>Blocks that are read for one page: well below a second of reading.</summary>
    private const ulong BlocksMax = 500;

    /// <summary>Entries after which a page ends with its block.</summary>
    private const int EntriesMax = 1000;

    /// <summary>The entries of a portion of blocks.</summary>
    public AccessPage Page(Address learner, ulong from, ulong head)
    {
        ByteString field = learner.ToField();
        AccessPage page = new() { FirstBlock = reader.FirstBlock };
        ulong height = Math.Max(from, reader.FirstBlock);
        for (ulong read = 0; height <= head && read < BlocksMax && page.Entries.Count < EntriesMax; read++)
        {
            Add(page, field, height);
            height++;
        }

        page.NextHeight = height <= head ? height : 0;
        return page;
    }

    private void Add(AccessPage page, ByteString learner, ulong height)
    {
        if (reader.Block(height) is not { } stored || reader.Results(height) is not { } results)
        {
            return;
        }

        Invariant.That(BlockHeader.TryDecode(stored.Block.Proposal.Header.Span, out BlockHeader? header));
        Dictionary<uint, TransactionBody> bodies = [];
        foreach (StoredResult result in results.Results)
        {
            OperationResult outcome = OperationResult.Parser.ParseFrom(result.Result);
            if (outcome.Code != ResultCode.Accepted)
            {
                continue;
            }

            if (!bodies.TryGetValue(result.Transaction, out TransactionBody? body))
            {
                body = Body(stored, height, result.Transaction);
                bodies[result.Transaction] = body;
            }

            Operation operation = body.Groups[(int)result.Group].Operations[(int)result.Operation];
            if (Entry(operation, outcome, learner) is { } entry)
            {
                entry.Height = height;
                entry.TimeUnixMs = header.TimeUnixMs;
                entry.Actor = body.Signers[(int)operation.Actor].Address;
                page.Entries.Add(entry);
            }
        }
    }

    private TransactionBody Body(StoredBlock stored, ulong height, uint transaction)
    {
        Hash256 leaf = new(stored.Block.Proposal.Leaves.Span.Slice((int)transaction * Hash256.Size, Hash256.Size));
        return TransactionBody.Parser.ParseFrom(
            SignedTransaction.Parser.ParseFrom(reader.BodyOf(height, leaf)).Body);
    }

    private static AccessEntry? Entry(Operation operation, OperationResult outcome, ByteString learner)
    {
        AccessEntry? entry = operation.CallCase switch
        {
            Operation.CallOneofCase.LlpcRequest when operation.LlpcRequest.Learner == learner => new AccessEntry
            {
                Act = AccessAct.Requested,
                Verb = operation.LlpcRequest.Verb,
                Rights = operation.LlpcRequest.Rights,
            },
            Operation.CallOneofCase.LlpcDeny when operation.LlpcDeny.Learner == learner =>
                new AccessEntry { Act = AccessAct.Denied, Verb = operation.LlpcDeny.Verb },
            Operation.CallOneofCase.LlpcWithdraw when operation.LlpcWithdraw.Learner == learner =>
                new AccessEntry { Act = AccessAct.Withdrawn, Verb = operation.LlpcWithdraw.Verb },
            Operation.CallOneofCase.LlpcGrant when operation.LlpcGrant.Learner == learner => new AccessEntry
            {
                Act = AccessAct.Granted,
                Verb = operation.LlpcGrant.Verb,
                Subject = operation.LlpcGrant.Grantee,
                Rights = operation.LlpcGrant.Rights,
            },
            Operation.CallOneofCase.LlpcRevoke when operation.LlpcRevoke.Learner == learner => new AccessEntry
            {
                Act = AccessAct.Revoked,
                Verb = operation.LlpcRevoke.Verb,
                Subject = operation.LlpcRevoke.Institution,
            },
            Operation.CallOneofCase.LlpcRenounce when operation.LlpcRenounce.Learner == learner =>
                new AccessEntry { Act = AccessAct.Renounced, Verb = operation.LlpcRenounce.Verb },
            _ => null,
        };
        if (entry is not null)
        {
            entry.Number = outcome.Number;
        }

        return entry;
    }
}
