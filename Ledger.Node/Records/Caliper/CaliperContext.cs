using Ledger.Client.Records;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// Which version an event or entity is written in, as its JSON-LD context says (Caliper 1.1, section 4.1). A profile
/// extension of 1.1 has a context of its own below that of the version, and brings terms of 1.2.
/// </summary>
/// <param name="Version">The version that the context names last.</param>
/// <param name="IsExtended">Whether it names a profile extension too.</param>
internal readonly record struct CaliperContext(CaliperVersion Version, bool IsExtended)
{
    private const string Base = "http://purl.imsglobal.org/ctx/caliper/";
    private const string First = "v1p1";
    private const string Second = "v1p2";
    private const string ExtensionEnd = "-extension";

    /// <summary>The newest version whose terms may be used.</summary>
    public CaliperVersion Terms => IsExtended ? CaliperVersion.V1p2 : Version;

    /// <summary>
    /// Reads the member <c>@context</c>: Caliper's IRI, or a list that ends with it. Throws
    /// <see cref="RecordFormatException"/>.
    /// </summary>
    public static CaliperContext Read(JsonCursor described)
    {
        JsonCursor context = FieldRules.Required(described, "@context");
        if (context.Kind == JsonKind.String)
        {
            return OfIri(context);
        }

        if (context.Kind != JsonKind.Array || context.Count == 0)
        {
            throw FieldRules.Refuse(
                context.Path, "caliper.context", "A context is Caliper's IRI, or a list that ends with it.");
        }

        bool isExtended = false;
        JsonCursor last = default;
        foreach (JsonCursor one in context)
        {
            isExtended |= one.Kind == JsonKind.String && TryParse(one.Text, out CaliperContext known)
                && known.IsExtended;
            last = one;
        }

        // The context that is read last decides what Caliper's terms mean, so it must be Caliper's own.
        return last.Kind == JsonKind.String
            ? OfIri(last) with { IsExtended = isExtended }
            : throw FieldRules.Refuse(
                last.Path, "caliper.context", "In a list of contexts Caliper's own IRI stands last.");
    }

    /// <summary>The IRI of a version's context.</summary>
    public static string IriOf(CaliperVersion version) => version switch
    {
        CaliperVersion.V1p1 => Base + First,
        CaliperVersion.V1p2 => Base + Second,
        _ => throw new ArgumentOutOfRangeException(nameof(version)),
    };

    /// <summary>Reads the IRI of a context; false when this program does not know it.</summary>
    public static bool TryParse(string iri, out CaliperContext context)
    {
        string rest = iri.StartsWith(Base, StringComparison.Ordinal) ? iri[Base.Length..] : "";
        bool isExtension = rest.EndsWith(ExtensionEnd, StringComparison.Ordinal);
        string version = isExtension ? rest.Split('/')[0] : rest;
        context = new CaliperContext(version == Second ? CaliperVersion.V1p2 : CaliperVersion.V1p1, isExtension);
        return version is First or Second;
    }

    private static CaliperContext OfIri(JsonCursor iri) => TryParse(iri.Text, out CaliperContext context)
        ? context
        : throw FieldRules.Refuse(
            iri.Path, "caliper.context", $"'{iri.Text}' is not the context of Caliper 1.1 or 1.2.");
}
