namespace Ledger.Workload;

/// <summary>What a record is about.</summary>
public enum ObjectKind
{
    /// <summary>The tool itself, as for logging in.</summary>
    Site,

    /// <summary>A course.</summary>
    Course,

    /// <summary>A file or page of a course.</summary>
    Resource,

    /// <summary>A quiz or assessment.</summary>
    Quiz,

    /// <summary>One question of a quiz.</summary>
    Question,

    /// <summary>An assignment.</summary>
    Assignment,

    /// <summary>A forum of a course.</summary>
    Forum,

    /// <summary>A discussion in a forum.</summary>
    Discussion,

    /// <summary>A learning package (SCORM).</summary>
    Package,

    /// <summary>An e-book of BookRoll, at a page.</summary>
    Book,

    /// <summary>A page of a document in the course reader.</summary>
    Document,

    /// <summary>A video.</summary>
    Video,
}
