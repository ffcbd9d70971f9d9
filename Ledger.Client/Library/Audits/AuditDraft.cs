using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Audits;

/// <summary>A report in the making.</summary>
internal sealed class AuditDraft(Hash256 chainId, Address auditor, ulong from, ulong to)
{
    private readonly SortedDictionary<uint, ulong> refusals = [];
    private readonly SortedDictionary<uint, ulong> events = [];

    private readonly AuditBody body = new()
    {
        ChainId = chainId.ToField(), Auditor = auditor.ToField(), FromHeight = from, ToHeight = to,
    };

    public void AddBlock(BlockHeader header, Hash256 hash, ResultList list)
    {
        if (header.Height == body.FromHeight)
        {
            body.FromHash = hash.ToField();
            body.FromUnixMs = header.TimeUnixMs;
        }

        body.ToHash = hash.ToField();
        body.ToUnixMs = header.TimeUnixMs;
        body.Transactions += (ulong)list.Results.Select(static result => result.TransactionId).Distinct().Count();
        body.Operations += (ulong)list.Results.Count;
        foreach (PlacedResult result in list.Results)
        {
            AddResult(header.Height, result);
        }
    }

    public void AddEvent(ToldEvent told)
    {
        uint kind = (uint)told.Event.Kind;
        events[kind] = events.GetValueOrDefault(kind) + 1;
        if (AuditSections.Of(told.Event.Kind) == AuditSection.None)
        {
            return;
        }

        if (body.Lines.Count == Auditor.LinesMax)
        {
            throw new LedgerClientException(
                ClientFailure.WrongUse, "There is more than one report holds. Audit a shorter time.");
        }

        body.Lines.Add(new AuditEvent
        {
            Height = told.Position.Height,
            Place = told.Position.Place,
            TimeUnixMs = told.TimeUnixMs,
            Event = ContractEventCodec.ToMessage(told.Event),
        });
    }

    public AuditBody Finish()
    {
        body.Refusals.AddRange(refusals.Select(Count));
        body.Events.AddRange(events.Select(Count));
        return body;
    }

    private void AddResult(ulong height, PlacedResult placed)
    {
        ResultCode code = OperationResult.Parser.ParseFrom(placed.Result).Code;
        if (code == ResultCode.Accepted)
        {
            return;
        }

        body.Refused++;
        refusals[(uint)code] = refusals.GetValueOrDefault((uint)code) + 1;
        if (body.RefusedOperations.Count < Auditor.RefusalsMax)
        {
            body.RefusedOperations.Add(new AuditRefusal
            {
                Height = height,
                TransactionId = placed.TransactionId,
                Group = placed.Group,
                Operation = placed.Operation,
                Code = (uint)code,
            });
        }
    }

    private static AuditCount Count(KeyValuePair<uint, ulong> pair) => new() { Number = pair.Key, Count = pair.Value };
}
