using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ledger.Testing;

/// <summary>
/// The public and protected members of an assembly as sorted text, one a line, for comparison with a golden file.
/// </summary>
public static class PublicApiText
{
    /// <summary>The environment variable that, set to 1, makes <see cref="AssertMatches"/> rewrite the file.</summary>
    public const string UpdateVariable = "UPDATE_PUBLIC_API";

    // Every file of the repository is addressed from the folder that holds the central package versions.
    private const string RootMarker = "Directory.Packages.props";

    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char", [typeof(short)] = "short",
        [typeof(ushort)] = "ushort", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(float)] = "float", [typeof(double)] = "double",
        [typeof(decimal)] = "decimal", [typeof(nint)] = "nint", [typeof(nuint)] = "nuint",
    };

    /// <summary>Compares the assembly with the golden file, or rewrites the file when the environment asks.</summary>
    /// <param name="assembly">The assembly whose public API is fixed.</param>
    /// <param name="goldenPath">An absolute path, or one relative to the root of the repository.</param>
    /// <exception cref="AssertionException">They differ; the message lists the lines that do.</exception>
    public static void AssertMatches(Assembly assembly, string goldenPath)
    {
        string path = Path.Combine(RepositoryRoot(), goldenPath);
        string actual = Of(assembly);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        string expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : string.Empty;
        if (!string.Equals(actual, expected, StringComparison.Ordinal))
        {
            Assert.Fail(Difference(expected, actual, goldenPath));
        }
    }

    /// <summary>Writes the public API: types in ordinal order, each followed by its sorted, indented members.</summary>
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetTypes().Where(IsVisible).OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append(TypeLine(type)).Append('\n');
            if (typeof(Delegate).IsAssignableFrom(type))
            {
                continue;
            }

            foreach (string line in Members(type).OrderBy(line => line, StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds {RootMarker}.");
    }

    private static string Difference(string expected, string actual, string goldenPath)
    {
        string[] before = expected.Split('\n');
        string[] after = actual.Split('\n');
        IEnumerable<string> gone = before.Except(after).Select(line => "- " + line.Trim());
        IEnumerable<string> added = after.Except(before).Select(line => "+ " + line.Trim());
        return $"The public API differs from {goldenPath}. "
            + $"If that is meant, set {UpdateVariable}=1, run this test once, and commit the file with the reason.\n"
            + string.Join('\n', gone.Concat(added));
    }

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsVisible(MethodBase? method) =>
        method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static string TypeLine(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            string constraints = Constraints(type.GetGenericArguments());
            return $"delegate {Name(invoke.ReturnType)} {Name(type)}({Parameters(invoke)}){constraints}";
        }

        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        string modifier = kind != "class" ? string.Empty
            : type is { IsAbstract: true, IsSealed: true } ? "static "
            : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed " : string.Empty;
        string bases = string.Join(", ", BaseTypes(type));
        return modifier + kind + " " + Name(type) + (bases.Length == 0 ? string.Empty : " : " + bases)
            + Constraints(type.GetGenericArguments());
    }

    private static IEnumerable<string> BaseTypes(Type type)
    {
        if (type.IsEnum)
        {
            return [Name(Enum.GetUnderlyingType(type))];
        }

        bool bears = type.BaseType is not null && type.BaseType != typeof(object) && type.BaseType != typeof(ValueType);
        IEnumerable<string> interfaces = type.GetInterfaces().Where(item => item.IsVisible).Select(Name);
        string[] baseClass = bears ? [Name(type.BaseType!)] : [];
        return baseClass.Concat(interfaces.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Members(Type type)
    {
        IEnumerable<string> fields = type.GetFields(Declared)
            .Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName)
            .Select(FieldLine);
        IEnumerable<string> constructors = type.GetConstructors(Declared)
            .Where(IsVisible).Select(item => $"{Access(item)}.ctor({Parameters(item)})");
        IEnumerable<string> methods = type.GetMethods(Declared)
            .Where(method => IsVisible(method) && (!method.IsSpecialName || IsOperator(method))).Select(MethodLine);
        IEnumerable<string> properties = type.GetProperties(Declared)
            .Where(item => IsVisible(item.GetMethod) || IsVisible(item.SetMethod)).Select(PropertyLine);
        IEnumerable<string> events = type.GetEvents(Declared)
            .Where(item => IsVisible(item.AddMethod))
            .Select(item => $"{Modifiers(item.AddMethod!)}event {Name(item.EventHandlerType!)} {item.Name}");
        return fields.Concat(constructors).Concat(methods).Concat(properties).Concat(events);
    }

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static string FieldLine(FieldInfo field)
    {
        string access = field.IsPublic ? string.Empty : "protected ";
        if (field.IsLiteral)
        {
            return $"{access}const {Name(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue())}";
        }

        string level = field.IsStatic ? "static " : string.Empty;
        string writing = field.IsInitOnly ? "readonly " : string.Empty;
        return $"{access}{level}{writing}{Name(field.FieldType)} {field.Name}";
    }

    private static string MethodLine(MethodInfo method)
    {
        Type[] arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        string generic = arguments.Length == 0 ? string.Empty : $"<{string.Join(", ", arguments.Select(Name))}>";
        string result = (method.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? "readonly " : string.Empty)
            + Name(method.ReturnType);
        return $"{Modifiers(method)}{result} {method.Name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    private static string PropertyLine(PropertyInfo property)
    {
        MethodInfo accessor = IsVisible(property.GetMethod) ? property.GetMethod! : property.SetMethod!;
        ParameterInfo[] indexes = property.GetIndexParameters();
        string index = indexes.Length == 0 ? string.Empty : $"[{string.Join(", ", indexes.Select(ParameterText))}]";
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Length > 0;
        string getter = IsVisible(property.GetMethod) ? "get; " : string.Empty;
        string setter = IsVisible(property.SetMethod)
            ? (property.SetMethod!.IsPublic == accessor.IsPublic ? string.Empty : "protected ")
                + (isInit ? "init; " : "set; ")
            : string.Empty;
        return $"{Modifiers(accessor)}{Name(property.PropertyType)} {property.Name}{index} {{ {getter}{setter}}}";
    }

    private static string Access(MethodBase method) => method.IsPublic ? string.Empty : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        bool isOverride = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        string kind = method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? string.Empty
            : isOverride ? (method.IsFinal ? "sealed override " : "override ")
            : method.IsAbstract ? "abstract "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : string.Empty;
        return Access(method) + kind;
    }

    private static string Parameters(MethodBase method)
    {
        string receiver = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : string.Empty;
        return receiver + string.Join(", ", method.GetParameters().Select(ParameterText));
    }

    private static string ParameterText(ParameterInfo parameter)
    {
        Type declared = parameter.ParameterType;
        Type type = declared.IsByRef ? declared.GetElementType()! : declared;
        string passing = !declared.IsByRef
            ? parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : string.Empty;
        return $"{passing}{Name(type)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Select(ConstraintText));

    private static string ConstraintText(Type argument)
    {
        GenericParameterAttributes attributes = argument.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> parts = [];
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        parts.AddRange(isStruct
            ? ["struct"]
            : argument.GetGenericParameterConstraints().Select(Name).Order(StringComparer.Ordinal));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? string.Empty : $" where {argument.Name} : {string.Join(", ", parts)}";
    }

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        }

        if (type.IsPointer)
        {
            return Name(type.GetElementType()!) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        return type.IsGenericParameter ? type.Name : Keywords.GetValueOrDefault(type) ?? QualifiedName(type);
    }

    private static string QualifiedName(Type type)
    {
        // A nested type repeats the arguments of the type around it, so only those that are its own are written.
        Type[] arguments = type.GetGenericArguments();
        int inherited = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        string own = type.Name.Split('`')[0];
        string generic = arguments.Length > inherited
            ? $"<{string.Join(", ", arguments.Skip(inherited).Select(Name))}>" : string.Empty;
        string prefix = type.DeclaringType is not null ? Name(type.DeclaringType) + "."
            : string.IsNullOrEmpty(type.Namespace) ? string.Empty : type.Namespace + ".";
        return prefix + own + generic;
    }
}
