using System.Buffers.Binary;

namespace Ledger.Workload;

/// <summary>
/// One learning record in its light form: numbers only, no text. <see cref="ToJson"/> renders it on demand.
/// </summary>
/// <param name="PopulationSeed">The seed of the population that it belongs to.</param>
/// <param name="Number">Its place in the population, from 0, in time order.</param>
/// <param name="StudentIndex">The student, from 0.</param>
/// <param name="Kind">What happened: tool, event name and verb.</param>
/// <param name="TimeMilliseconds">When, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Course">The course of the school, from 0.</param>
/// <param name="Unit">The teaching unit of the course, from 0; names the quiz, the book and so on.</param>
/// <param name="Detail">A page from 1, a question from 0 or a second of a video, by the kind.</param>
/// <param name="Score">0 to 100 where the kind bears a score, else null.</param>
/// <param name="Success">Right or wrong, passed or failed, where the kind bears an outcome, else null.</param>
public readonly record struct LearningRecord(
    ulong PopulationSeed,
    int Number,
    int StudentIndex,
    ActivityKind Kind,
    long TimeMilliseconds,
    int Course,
    int Unit,
    int Detail,
    int? Score,
    bool? Success)
{
    /// <summary>Bytes of <see cref="WriteLight"/>.</summary>
    public const int LightBytes = 28;

    private const byte Absent = 0xFF;

    /// <summary>The student's school.</summary>
    public School School => Schools.OfStudent(StudentIndex);

    /// <summary>The index of the student's school: 0 North, 1 South, 2 East, 3 West.</summary>
    public int SchoolIndex => School.Index;

    /// <summary>The tool that recorded it.</summary>
    public LearningTool Tool => Kind.Tool;

    /// <summary>The verb or action.</summary>
    public Verb Verb => Kind.Verb;

    /// <summary>The time in UTC.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeMilliseconds(TimeMilliseconds);

    /// <summary>The id of the statement, or of the event after <c>urn:uuid:</c>.</summary>
    public Guid Id => RecordIds.Of(PopulationSeed, Number);

    /// <summary>The xAPI 1.0.3 statement or Caliper 1.2 event as UTF-8 JSON without white space.</summary>
    public byte[] ToJson() => RecordJson.Render(this);

    /// <summary>
    /// Writes the light form, little-endian: number, time, student, kind, course, unit, detail, score, success. It
    /// leaves out the seed, and exists so that two populations can be compared by a digest.
    /// </summary>
    /// <param name="destination">At least <see cref="LightBytes"/> bytes.</param>
    public void WriteLight(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, Number);
        BinaryPrimitives.WriteInt64LittleEndian(destination[4..], TimeMilliseconds);
        BinaryPrimitives.WriteInt32LittleEndian(destination[12..], StudentIndex);
        BinaryPrimitives.WriteInt16LittleEndian(destination[16..], (short)Kind.Index);
        BinaryPrimitives.WriteInt16LittleEndian(destination[18..], (short)Course);
        BinaryPrimitives.WriteInt16LittleEndian(destination[20..], (short)Unit);
        BinaryPrimitives.WriteInt32LittleEndian(destination[22..], Detail);
        destination[26] = Score is { } score ? (byte)score : Absent;
        destination[27] = Success switch { null => Absent, false => (byte)0, true => (byte)1 };
    }
}
