package dev.kubejar.cel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kubejar.object.Json;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Expressions with what they are worth, and with what is said of those that are wrong. */
final class ProgramTest {
    private static final Map<String, Type> VARIABLES = Map.of("self", Type.DYN);

    private static final String HOLD = """
            1 + 2 * 3 == 7
            -5 / 2 == -2
            7 % 4 == 3
            2u + 3u == 5u
            1.5 * 2.0 == 3.0
            dyn(1) == 1.0 && 1u < 2
            'a' + "b" == r'ab'
            b'abc' == bytes('abc')
            '\\u00e9'.size() == 1
            size('héllo') == 5
            !false || 1 / 0 > 1
            1 / 0 > 1 || true
            false && self.nothing.there == 1 ? false : true
            [1, 2, 3].all(x, x > 0)
            [1, 2, 3].exists(x, x == 2)
            [1, 2, 2].exists_one(x, x == 1)
            [1, 2, 3].map(x, x * 2) == [2, 4, 6]
            [1, 2, 3].map(x, x > 1, x * 2) == [4, 6]
            [1, 2, 3].filter(x, x > 1) == [2, 3]
            {'a': 1, 'b': 2}.all(k, k in ['a', 'b'])
            {'a': 1}['a'] == 1 && 'a' in {'a': 1}
            [[1], [2, 3]].all(l, l.exists(x, x < 3))
            [1, 2].all(i, v, i < v)
            {'a': 1}.exists(k, v, k == 'a' && v == 1)
            [5, 6].transformList(i, v, v + i) == [5, 7]
            {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}
            [1, 2].transformMapEntry(i, v, {string(v): i}) == {'1': 0, '2': 1}
            has({'a': 1}.a) && !has({'a': 1}.b)
            [1, 3, 2].isSorted() == false && [1, 2].sum() == 3 && [4, 9].max() == 9 && [4, 9].min() == 4
            ['b', 'a', 'b'].indexOf('b') == 0 && ['b', 'a', 'b'].lastIndexOf('b') == 2
            [3, 1, 2].sort() == [1, 2, 3] && [1, 1, 2].distinct() == [1, 2] && [1, 2].reverse() == [2, 1]
            lists.range(3) == [0, 1, 2] && [[1], [2]].flatten() == [1, 2] && [1, 2, 3].slice(0, 2) == [1, 2]
            'abc123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]') == ['1', '2']
            'a1b2c3'.findAll('[0-9]', 2) == ['1', '2']
            'hello'.matches('^h.*o$') && matches('x', '[a-z]')
            'a,b,c'.split(',') == ['a', 'b', 'c'] && ['a', 'b'].join('-') == 'a-b'
            'hello'.replace('l', 'L') == 'heLLo' && 'hello'.replace('l', 'L', 1) == 'heLlo'
            'Hello'.lowerAscii() == 'hello' && 'x'.upperAscii() == 'X' && '  a '.trim() == 'a'
            'hello'.substring(1, 3) == 'el' && 'hello'.charAt(1) == 'e' && 'hello'.indexOf('l') == 2
            '%s has %d'.format([dyn('x'), 3]) == 'x has 3'
            '%.2f'.format([1.5]) == '1.50' && '%x'.format([255]) == 'ff'
            quantity('1Gi').isGreaterThan(quantity('500Mi')) && quantity('200M').asInteger() == 200000000
            quantity('50k').add(20) == quantity('50020') && isQuantity('1.5') && !isQuantity('x')
            quantity('1').compareTo(quantity('1000m')) == 0 && quantity('1.5').asApproximateFloat() == 1.5
            ip('192.168.0.1').family() == 4 && ip('::1').isLoopback() && isIP('10.0.0.1') && !isIP('10.0.0.300')
            cidr('192.168.0.0/24').containsIP('192.168.0.1') && cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')
            cidr('192.168.1.5/24').masked() == cidr('192.168.1.0/24') && cidr('10.0.0.0/8').prefixLength() == 8
            string(ip('::0001')) == '::1' && ip.isCanonical('127.0.0.1')
            url('https://example.com:8080/p?a=b').getHost() == 'example.com:8080'
            url('https://example.com:8080/p?a=b').getQuery() == {'a': ['b']} && isURL('https://x.y/') && !isURL('x')
            url('https://example.com:8080/p').getPort() == '8080' && url('https://e.com/p').getHostname() == 'e.com'
            semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.2.3').major() == 1 && isSemver('1.0.0-rc.1')
            isSemver('v1.0', true) && !isSemver('1.0')
            duration('1h').getMinutes() == 60 && duration('90s') > duration('1m')
            timestamp('2024-01-02T03:04:05Z').getFullYear() == 2024 && timestamp('2024-01-02T03:04:05Z').getHours() == 3
            timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') == duration('24h')
            string(duration('1h30m')) == '5400s' && string(1.5) == '1.5' && string(true) == 'true'
            int('42') == 42 && double('1.5') == 1.5 && uint(3) == 3u && int(2.9) == 2 && bool('true')
            type(1) == int && type('a') == string && type([1]) == list && type({}) == map
            optional.of(1).hasValue() && optional.none().orValue(3) == 3 && optional.of(2).value() == 2
            {'a': 1}.?a.orValue(0) == 1 && {'a': 1}.?b.orValue(7) == 7 && [1][?5].orValue(9) == 9
            optional.of(2).optMap(x, x + 1).value() == 3 && optional.none().or(optional.of(1)).value() == 1
            [?optional.none(), 2] == [2] && {?'a': optional.of(1)} == {'a': 1}
            sets.contains([1, 2, 3], [2]) && sets.equivalent([1, 2], [2, 1, 1]) && sets.intersects([1], [1, 2])
            format.dns1123Label().validate('my-name').hasValue() == false
            format.named('dns1123Subdomain').value().validate('Bad_Name').hasValue()
            null == null && dyn(1) != dyn('1')
            1 in [1, 2] && !('x' in ['y'])
            self == null ? true : false
            jsonpatch.escapeKey('a/b~c') == 'a~1b~0c'
            """;

    private static final String FAULTS = """
            self.
            => ERROR: <input>:1:6: Syntax error: no viable alternative at input '.'
            foo
            => ERROR: <input>:1:1: undeclared reference to 'foo' (in container '')
            foo(1)
            => ERROR: <input>:1:4: undeclared reference to 'foo' (in container '')
            1 + 'a'
            => ERROR: <input>:1:3: found no matching overload for '_+_' applied to '(int, string)'
            !1
            => ERROR: <input>:1:1: found no matching overload for '!_' applied to '(int)'
            1 && true
            => ERROR: <input>:1:1: expected type 'bool' but found 'int'
            [1, 'a']
            => ERROR: <input>:1:5: expected type 'int' but found 'string'
            (1
            => ERROR: <input>:1:3: Syntax error: missing ')' at '<EOF>'
            f(1, [2
            => ERROR: <input>:1:8: Syntax error: mismatched input '<EOF>' expecting ']'
            1 + * 2
            => ERROR: <input>:1:5: Syntax error: extraneous input '*' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
            self = 1
            => ERROR: <input>:1:6: Syntax error: token recognition error at: '= '
            1 1 1
            => ERROR: <input>:1:3: Syntax error: mismatched input '1' expecting <EOF>
            1 1
            => ERROR: <input>:1:3: Syntax error: extraneous input '1' expecting <EOF>
            has(1)
            => ERROR: <input>:1:5: invalid argument to has() macro
            1.all(x, x)
            => ERROR: <input>:1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)
            'a'.matches('(')
            => ERROR: <input>:1:13: invalid matches argument
            duration('1x') > duration('1s')
            => ERROR: <input>:1:10: invalid duration argument
            true ? 1 : 'a'
            => ERROR: <input>:1:6: found no matching overload for '_?_:_' applied to '(bool, int, string)'
            """;

    private static final String ERRORS = """
            1 / 0 == 1 => division by zero
            {'a': 1}['b'] == 1 => no such key: b
            [1][5] == 1 => index out of bounds: 5
            9223372036854775807 + 1 == 0 => integer overflow
            int('x') == 1 => strconv.ParseInt: parsing "x": invalid syntax
            dyn(1) < dyn('a') => no such overload
            dyn(1).startsWith('a') => no such overload: startsWith(int, string)
            self.a == 1 => no such key: a
            quantity('x') == quantity('1') => quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
            optional.none().value() == 1 => optional.none() dereference
            [dyn(0)].max() == [1].filter(x, x > 3).max() => max called on empty list
            """;

    private static Program.Result run(String text) {
        return Program.compile(text, VARIABLES).run(name -> name.equals("self") ? Null.VALUE : null);
    }

    @TestFactory
    Stream<DynamicTest> holds() {
        return HOLD.lines()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    Program.Result result = run(line);
                    assertEquals(
                            "null",
                            String.valueOf(
                                    result.error() == null
                                            ? null
                                            : result.error().getMessage()));
                    assertEquals(Boolean.TRUE, result.value());
                }));
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        String[] lines = FAULTS.split("\n");
        return Stream.iterate(0, i -> i < lines.length, i -> i + 2)
                .map(i -> DynamicTest.dynamicTest(lines[i], () -> {
                    CelError error = assertThrows(CelError.class, () -> Program.compile(lines[i], VARIABLES));
                    assertEquals(
                            lines[i + 1].substring(3),
                            error.getMessage().lines().findFirst().orElse(""));
                }));
    }

    @TestFactory
    Stream<DynamicTest> fails() {
        return ERRORS.lines()
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    String[] parts = line.split(" => ");
                    Program.Result result = run(parts[0]);
                    assertEquals(
                            parts[1],
                            result.error() == null ? "no error" : result.error().getMessage());
                }));
    }

    @Test
    void aLoopOverTooMuchIsCutOff() {
        Program program =
                Program.compile("lists.range(1000).all(a, lists.range(1000).all(b, a + b < 100000))", VARIABLES);
        Program.Result result = program.run(name -> null);
        assertTrue(result.error().exhausted());
    }

    @Test
    void unboundedSchemasMakeRulesExpensive() {
        Shape bounded = shape("{'type': 'array', 'maxItems': 10, 'items': {'type': 'string', 'maxLength': 5}}");
        Shape free = shape("{'type': 'array', 'items': {'type': 'string'}}");
        String rule = "self.all(a, self.all(b, a != b))";
        assertTrue(compiled(rule, bounded).most(bounded) < 10_000_000);
        assertTrue(compiled(rule, free).most(free) > 10_000_000);
    }

    private static Program compiled(String rule, Shape shape) {
        return Program.compile(rule, Map.of("self", shape.type()));
    }

    private static Shape shape(String schema) {
        return Shape.of(Json.read(schema.replace('\'', '"')), false, "self");
    }
}
