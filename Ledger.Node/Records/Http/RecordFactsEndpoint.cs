using Google.Protobuf;
using Ledger.Client.Records;
using Ledger.Node.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ledger.Node.Records;

/// <summary>
/// What a tool may ask of a record beside xAPI, below <c>/ledger/records</c>: how far it is on its way to the ledger,
/// and the institution's signed word that it was taken in. For whoever may read the record.
/// </summary>
internal static class RecordFactsEndpoint
{
    private const string Base = "/ledger/records/{id}";

    /// <summary>Maps both; nothing where there is nothing to tell.</summary>
    public static void MapRecordFacts(
        this IEndpointRouteBuilder endpoints, XapiEdge edge, RecordStore store, RecordFacts? facts)
    {
        if (facts is null)
        {
            return;
        }

        Map(Base, record => XapiAnswer.Ok(RecordFactsJson.Of(record, facts.Standings.Of(record))));
        Map(Base + "/receipt", record => ReceiptOf(facts.Receipts, record));

        void Map(string path, Func<StoredRecord, XapiAnswer> tell)
        {
            Task AnswerAsync(HttpContext context) => edge.AnswerAsync(context, isForm: false, request =>
                Task.FromResult(Answer(request, store, (string)context.Request.RouteValues["id"]!, tell)));

            endpoints.MapGet(path, AnswerAsync);
        }
    }

    private static XapiAnswer Answer(
        XapiRequest request, RecordStore store, string id, Func<StoredRecord, XapiAnswer> tell)
    {
        RequestParameters.RequireKnown(request.Parameters);
        if (!request.Caller.May(XapiScopes.StatementsReadMine))
        {
            return XapiEdge.Forbidden("statements/read");
        }

        StoredRecord? record =
            store.Find(RecordType.XapiStatement, id) ?? store.Find(RecordType.CaliperEvent, id);
        bool mayRead = request.Caller.May(XapiScopes.StatementsRead) || record?.Authority == request.Caller.Key;
        return record is null || !mayRead
            ? XapiAnswer.Error(StatusCodes.Status404NotFound, "There is no record of this id.", "", "known-id")
            : tell(record);
    }

    private static XapiAnswer ReceiptOf(IntakeReceipts receipts, StoredRecord record) =>
        receipts.Find(record.Id).Receipt is { } receipt
            ? XapiAnswer.Ok(receipt.ToByteArray()) with { ContentType = "application/octet-stream" }
            : XapiAnswer.Error(
                StatusCodes.Status503ServiceUnavailable,
                $"There is no receipt: {IntakeReceipts.NoBlockYet}.",
                "",
                "receipt");
}
