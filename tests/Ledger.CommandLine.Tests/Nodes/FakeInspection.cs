using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Lists the state of a fake ledger, and tells in whose name it was asked.</summary>
internal sealed class FakeInspection(FakeLedger ledger) : Inspection.InspectionBase
{
    /// <summary>Entries of a page: few, so that commands must go on to the next one.</summary>
    private const int PageSize = 2;

    /// <summary>The caller's proof of each question.</summary>
    public List<CallerProof> Callers { get; } = [];

    public override Task<StatePage> ListState(StateListRequest request, ServerCallContext context)
    {
        Callers.Add(CallerProof.Parser.ParseFrom(
            context.RequestHeaders.GetValueBytes(CallerMessages.MetadataKey) ?? []));
        int from = request.Page.Cursor.IsEmpty ? 0 : request.Page.Cursor[0];
        ListedState[] all =
        [
            .. ledger.Below(request.Prefix).Select(static entry => new ListedState
            {
                Key = ByteString.CopyFrom(entry.Key.Raw.Span), Value = ByteString.CopyFrom(entry.Value.Span),
            }),
        ];
        StatePage page = new() { Height = ledger.Height };
        page.Entries.AddRange(all.Skip(from).Take(PageSize));
        page.Cursor = from + PageSize < all.Length
            ? ByteString.CopyFrom((byte)(from + PageSize))
            : ByteString.Empty;
        return Task.FromResult(page);
    }
}
