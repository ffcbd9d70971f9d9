using Ledger.Benchmarks.Replay;
using Ledger.Workload;
using Microsoft.Win32.SafeHandles;

namespace Ledger.Benchmarks.Intake;

/// <summary>
/// Bodies of requests, rendered before they are sent and kept in a file: rendering would take the processors from the
/// store, and a year's statements the memory from the host.
/// </summary>
public sealed class RenderedBodies : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly List<(long At, int Bytes, int Records)> bodies = [];
    private int next = -1;

    private RenderedBodies(string path)
    {
        file = File.OpenHandle(
            path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
    }

    /// <summary>Records in all of them.</summary>
    public int Records => bodies.Sum(static body => body.Records);

    /// <summary>Renders records of one kind as lists of statements or as envelopes of events.</summary>
    public static RenderedBodies Of(IEnumerable<LearningRecord> records, int batch, bool isEvents, string path)
    {
        RenderedBodies rendered = new(path);
        long at = 0;
        foreach (LearningRecord[] some in records.Chunk(batch))
        {
            IEnumerable<byte[]> json = some.Select(static record => record.ToJson());
            byte[] body = System.Text.Encoding.UTF8.GetBytes(
                isEvents ? RecordLoader.CaliperEnvelope(Schools.Founding[0], json) : $"[{RecordLoader.Join(json)}]");
            RandomAccess.Write(rendered.file, body, at);
            rendered.bodies.Add((at, body.Length, some.Length));
            at += body.Length;
        }

        return rendered;
    }

    /// <summary>The next one and how many records it has; null when none is left. Each is given once.</summary>
    public (byte[] Body, int Records)? Take()
    {
        int place = Interlocked.Increment(ref next);
        if (place >= bodies.Count)
        {
            return null;
        }

        (long at, int bytes, int records) = bodies[place];
        byte[] body = new byte[bytes];
        RandomAccess.Read(file, body, at);
        return (body, records);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
