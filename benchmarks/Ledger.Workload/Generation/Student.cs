namespace Ledger.Workload;

/// <summary>A student with the tables of weights that follow from the traits. Immutable.</summary>
internal sealed class Student
{
    private const int CommonToolWeight = 450;
    private const int CaliperWeight = 100;
    private const int CourseWeight = 10;
    private const int SecondCourseWeight = 20;
    private const int FavouriteCourseWeight = 30;

    private readonly WeightedTable[] activities;
    private readonly WeightedTable tools;
    private readonly WeightedTable courses;

    internal Student(ulong seed, int index)
    {
        Index = index;
        Traits = StudentTraits.Of(seed, index);
        tools = new WeightedTable(
            [CommonToolWeight + Traits.ToolLean, CommonToolWeight - Traits.ToolLean, CaliperWeight]);
        courses = new WeightedTable(CourseWeights());
        activities = Enum.GetValues<LearningTool>().Select(TableOf).ToArray();
    }

    internal int Index { get; }

    internal StudentTraits Traits { get; }

    /// <summary>How much this student does in school hours: between 300 and 1300.</summary>
    internal int SchoolWeight => 300 + Traits.Diligence;

    /// <summary>How much this student does in the evening; grows with the square of diligence.</summary>
    internal int EveningWeight => 100 + (Traits.Diligence * Traits.Diligence / 400);

    internal LearningTool DrawTool(Xoshiro256 random) => (LearningTool)tools.Draw(random);

    internal int DrawCourse(Xoshiro256 random) => courses.Draw(random);

    internal ActivityKind DrawActivity(LearningTool tool, Xoshiro256 random) =>
        ActivityCatalogue.Of(tool)[activities[(int)tool].Draw(random)];

    private int[] CourseWeights()
    {
        var weights = new int[CourseCatalogue.CourseCount];
        Array.Fill(weights, CourseWeight);
        weights[Traits.FavouriteCourse] = FavouriteCourseWeight;
        weights[Traits.SecondCourse] = SecondCourseWeight;
        return weights;
    }

    private WeightedTable TableOf(LearningTool tool) =>
        new(ActivityCatalogue.Of(tool).Select(kind => kind.Weight * Traits.Factor(kind.Trait)).ToArray());
}
