using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ledger.Node.Tests.Records.Privacy;

/// <summary>Every measurement of this process, with what stands beside it, and the names of its traces.</summary>
internal sealed class CollectedMetrics : IDisposable
{
    private readonly ConcurrentQueue<string> found = new();
    private readonly MeterListener meters = new();
    private readonly ActivityListener traces;

    public CollectedMetrics()
    {
        meters.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        meters.Start();
        traces = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => found.Enqueue($"{activity.OperationName} {activity.DisplayName}"),
        };
        ActivitySource.AddActivityListener(traces);
    }

    public int Count => found.Count;

    public string Text => string.Join('\n', found);

    public void Dispose()
    {
        meters.Dispose();
        traces.Dispose();
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> parts = [instrument.Meter.Name, instrument.Name];
        foreach ((string name, object? value) in tags)
        {
            parts.Add($"{name}={value}");
        }

        found.Enqueue(string.Join(' ', parts));
    }
}
