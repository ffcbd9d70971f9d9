using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Ledger.Workload;

/// <summary>Renders a record in the shape of its tool.</summary>
internal static class RecordJson
{
    /// <summary>What most statements need, so that the buffer seldom grows.</summary>
    private const int UsualBytes = 2048;

    internal static byte[] Render(in LearningRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(UsualBytes);
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, record);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, in LearningRecord record)
    {
        switch (record.Tool)
        {
            case LearningTool.Moodle:
                MoodleStatement.Write(json, record);
                break;
            case LearningTool.BookRoll:
                BookRollStatement.Write(json, record);
                break;
            case LearningTool.Caliper:
                CaliperEvent.Write(json, record);
                break;
            default:
                throw new InvalidOperationException($"No shape is defined for {record.Tool}.");
        }
    }

    /// <summary>The time with milliseconds and Z, the one spelling used in all shapes.</summary>
    internal static string TimeOf(in LearningRecord record) =>
        record.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
