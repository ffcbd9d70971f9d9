namespace Ledger.Workload;

/// <summary>The source of a record, and so its shape. The numbers are part of the light form.</summary>
public enum LearningTool
{
    /// <summary>An xAPI statement as Moodle's logstore plug-in sends it.</summary>
    Moodle = 0,

    /// <summary>An xAPI statement about an operation in the e-book reader BookRoll.</summary>
    BookRoll = 1,

    /// <summary>A Caliper 1.2 event of a course reader.</summary>
    Caliper = 2,
}
