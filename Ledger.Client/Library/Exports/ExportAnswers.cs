using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// Writes what a box releases, answer after answer as it came, up to the end of each range. An answer is written where
/// the box signed it: what is wrong in it, the file then shows.
/// </summary>
internal sealed class ExportAnswers(BoxReader reader, ExportWriter writer)
{
    /// <summary>Records of one answer, over all of its verbs; the answer stays far below the largest.</summary>
    private const uint RecordsAtOnce = 1_000;

    /// <summary>Asks for all verbs of one learner, and writes the answers.</summary>
    public async Task WriteAsync(
        IExportSchool school,
        PublicKeyBytes key,
        Address box,
        Address learner,
        IReadOnlyCollection<string> verbs,
        ulong heightMin,
        CancellationToken cancellation)
    {
        foreach (string[] some in verbs.Chunk(BoxLimits.VerbsMax))
        {
            BoxQuery query = new(box, learner, some)
            {
                Limit = RecordsAtOnce / (uint)some.Length, WithSuperseded = true, HeightMin = heightMin,
            };
            BoxReading reading = await AskAsync(school, key, query, cancellation).ConfigureAwait(false);
            foreach ((string verb, ulong from) in reading.Unfinished)
            {
                await FinishAsync(school, key, query, verb, from, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task FinishAsync(
        IExportSchool school,
        PublicKeyBytes key,
        BoxQuery query,
        string verb,
        ulong from,
        CancellationToken cancellation)
    {
        query = query with { Verbs = [verb], Limit = RecordsAtOnce };
        ulong? next = from;
        while (next is { } index)
        {
            BoxReading reading = await AskAsync(school, key, query with { FromIndex = index }, cancellation)
                .ConfigureAwait(false);
            next = reading.Unfinished.Count == 0 ? null : reading.Unfinished[0].FromIndex;
            if (next <= index)
            {
                throw new LedgerClientException(ClientFailure.NotVerified, "The box ended where it began.");
            }
        }
    }

    // Records may be so large that an answer of many is more than a node sends: then it is asked for fewer.
    private async Task<BoxReading> AskAsync(
        IExportSchool school, PublicKeyBytes key, BoxQuery query, CancellationToken cancellation)
    {
        for (uint limit = query.Limit; ; limit /= 4)
        {
            BoxQuery asked = query with { Limit = limit };
            BoxRequest request = reader.Sign(asked);
            try
            {
                BoxAnswer answer = await school.ReadAsync(request, cancellation).ConfigureAwait(false);
                BoxReading reading = reader.Check(asked, request, answer, key);
                writer.Write(PartOf(request, answer));
                return reading;
            }
            catch (LedgerClientException failure) when (failure.Kind == ClientFailure.Undecided && limit >= 4)
            {
                // Asked again, for a quarter.
            }
        }
    }

    private static ExportPart PartOf(BoxRequest request, BoxAnswer answer) => new()
    {
        Records = new ExportedAnswer
        {
            Request = request.Body, Bundle = answer.Bundle, Box = answer.Box, Signature = answer.Signature,
        },
    };
}
