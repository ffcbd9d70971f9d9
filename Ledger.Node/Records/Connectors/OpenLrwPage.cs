using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.Client.Records;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>A page of OpenLRW's events, made over into Caliper 1.1.</summary>
/// <param name="Events">The events, each as an object of an envelope.</param>
/// <param name="Broken">What stands on the page and cannot be read as an event.</param>
/// <param name="Newest">The latest time of an event on the page; null when there is none.</param>
/// <param name="Oldest">The earliest one.</param>
internal sealed record OpenLrwPage(
    IReadOnlyList<GivenRecord> Events,
    IReadOnlyList<RecordRefusal> Broken,
    DateTimeOffset? Newest,
    DateTimeOffset? Oldest)
{
    // What is nested deeper than an event may be is one event's fault, and not the page's.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_024 };

    /// <summary>A page without events: beyond the last one.</summary>
    public static OpenLrwPage Empty { get; } = new([], [], null, null);

    /// <summary>How many stand on the page.</summary>
    public int Count => Events.Count + Broken.Count;

    /// <summary>
    /// Reads what OpenLRW answers: a list of events, or nothing where there is none. Throws
    /// <see cref="UnreadablePageException"/> for anything else; an event that is broken spoils no other.
    /// </summary>
    public static OpenLrwPage Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return Empty;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Null => Empty,
                JsonValueKind.Array => Of([.. document.RootElement.EnumerateArray().Select(
                    static one => JsonMarshal.GetRawUtf8Value(one).ToArray())]),
                _ => throw new UnreadablePageException("OpenLRW's answer is no list of events."),
            };
        }
        catch (JsonException)
        {
            throw new UnreadablePageException("OpenLRW's answer is no list of events: it is no JSON.");
        }
    }

    /// <summary>This page and what follows on it.</summary>
    public OpenLrwPage With(OpenLrwPage next) => new(
        [.. Events, .. next.Events],
        [.. Broken, .. next.Broken],
        Newest is null || next.Newest > Newest ? next.Newest ?? Newest : Newest,
        Oldest is null || next.Oldest < Oldest ? next.Oldest ?? Oldest : Oldest);

    private static OpenLrwPage Of(IReadOnlyList<byte[]> events)
    {
        List<GivenRecord> read = [];
        List<RecordRefusal> broken = [];
        List<DateTimeOffset?> times = [];
        foreach (byte[] json in events)
        {
            try
            {
                (GivenRecord made, DateTimeOffset? time) = OpenLrwEvent.Read(json);
                read.Add(made);
                times.Add(time);
            }
            catch (RecordFormatException refusal)
            {
                broken.Add(new RecordRefusal(
                    new GivenRecord("", json), refusal.Path, refusal.Rule, refusal.Message));
            }
        }

        return new OpenLrwPage(read, broken, times.Max(), times.Min());
    }
}
