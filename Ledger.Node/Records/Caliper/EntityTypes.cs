using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.Node.Records.Caliper;

/// <summary>The kinds of entities that Caliper names, each with its supertypes (1.1 and 1.2, appendix C).</summary>
internal static class EntityTypes
{
    /// <summary>The term of what every entity is.</summary>
    public const string Entity = "Entity";

    // A line is a supertype and its kinds; a kind of two supertypes stands in two lines.
    private const string OfV1p1 = """
        Entity: Agent Annotation Attempt DigitalResource LearningObjective Membership Response Result Score Session
        Agent: Organization Person SoftwareApplication
        Organization: CourseOffering Group
        CourseOffering: CourseSection
        Annotation: BookmarkAnnotation HighlightAnnotation SharedAnnotation TagAnnotation
        DigitalResource: AssignableDigitalResource Chapter DigitalResourceCollection Document Frame MediaLocation
        DigitalResource: MediaObject Message Page WebPage
        DigitalResource: EpubChapter EpubPart EpubSubChapter EpubVolume Reading
        AssignableDigitalResource: Assessment AssessmentItem
        DigitalResourceCollection: Assessment Forum Thread
        MediaObject: AudioObject ImageObject VideoObject
        Response: FillinBlankResponse MultipleChoiceResponse MultipleResponseResponse SelectTextResponse
        Response: TrueFalseResponse
        Session: LtiSession
        """;

    private const string OfV1p2 = """
        Entity: AggregateMeasure Collection Comment Query Rating Scale SearchResponse
        AggregateMeasure: AggregateProgress AggregateTimeOnTask
        Collection: AggregateMeasureCollection DigitalResourceCollection Survey
        DigitalResource: Link LtiLink Question QuestionnaireItem SurveyInvitation
        DigitalResourceCollection: Questionnaire
        Question: DateTimeQuestion MultiselectQuestion OpenEndedQuestion RatingScaleQuestion
        Response: DateTimeResponse MultiselectResponse OpenEndedResponse RatingScaleResponse
        Scale: LikertScale MultiselectScale NumericScale
        """;

    private static readonly FrozenDictionary<string, EntityType> Known = Build();

    /// <summary>All kinds.</summary>
    public static IEnumerable<EntityType> All => Known.Values;

    /// <summary>The kind of that term, if the version names it.</summary>
    public static bool TryGet(string name, CaliperVersion version, [NotNullWhen(true)] out EntityType? type) =>
        Known.TryGetValue(name, out type) && type.Since <= version;

    /// <summary>Whether a kind is another one, or a kind of it.</summary>
    public static bool Is(EntityType type, string ancestor) =>
        type.Name == ancestor || type.Supertypes.Any(parent => Is(Known[parent], ancestor));

    private static FrozenDictionary<string, EntityType> Build()
    {
        Dictionary<string, EntityType> types = new(StringComparer.Ordinal)
        {
            [Entity] = new EntityType(Entity, [], CaliperVersion.V1p1),
            ["TextPositionSelector"] = new EntityType("TextPositionSelector", [], CaliperVersion.V1p1, HasId: false),
            ["SystemIdentifier"] = new EntityType("SystemIdentifier", [], CaliperVersion.V1p2, HasId: false),
        };
        Add(types, OfV1p1, CaliperVersion.V1p1);
        Add(types, OfV1p2, CaliperVersion.V1p2);
        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(Dictionary<string, EntityType> types, string table, CaliperVersion since)
    {
        foreach (string line in table.Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] words = line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in words[1..])
            {
                types[name] = types.TryGetValue(name, out EntityType? known)
                    ? known with { Supertypes = [.. known.Supertypes, words[0]] }
                    : new EntityType(name, [words[0]], since);
            }
        }
    }
}
