package dev.roost.host.invoke;

import com.google.gson.reflect.TypeToken;
import com.microsoft.azure.functions.HttpRequestMessage;
import dev.roost.annotations.MultipartForm;
import dev.roost.spi.HttpRequest;
import dev.roost.spi.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the converter for a type: the conversion table of docs/compatibility.md. Asked once per
 * parameter.
 */
final class Converters {
  private Converters() {}

  /**
   * The converter to a type.
   *
   * @throws IllegalArgumentException when nothing can ever become the type; says why
   */
  static Converter to(Type type) {
    Class<?> raw = TypeToken.get(type).getRawType();
    if (raw == Optional.class) {
      return optional(to(argument(type)));
    }
    if (raw == HttpRequestMessage.class) {
      return request(to(argument(type)), argument(type) == MultipartForm.class);
    }
    if (raw == MultipartForm.class) {
      return Forms::of;
    }
    Converter some = toSome(type, raw);
    return new Converter() {
      @Override
      public @Nullable Object convert(Payload source) throws ConversionException {
        return switch (source) {
          case Payload.Empty _ -> null;
          case Payload.Broken(String reason) -> throw new ConversionException(reason);
          // A parameter that is not the request message takes the request's body.
          case Payload.Native(HttpRequest request) -> convert(request.body());
          case Payload.Native(Object value) -> same(value, raw);
          default -> some.convert(source);
        };
      }
    };
  }

  /** The converter for payloads that are neither empty nor native. */
  private static Converter toSome(Type type, Class<?> raw) {
    if (raw == String.class) {
      return Texts::of;
    }
    if (raw == byte[].class) {
      return Texts::bytes;
    }
    if (raw == Byte[].class) {
      return source -> Numbers.boxed(Texts.bytes(source));
    }
    if (raw == InputStream.class) {
      return Converters::stream;
    }
    if (raw == Object.class) {
      return Elements.untyped();
    }
    if (Numbers.isNumber(raw)) {
      return Numbers.to(raw);
    }
    if (raw.isArray()) {
      return Elements.array(component(type, raw), raw.getComponentType());
    }
    if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
      return Elements.collection(type, raw);
    }
    UserJson.check(type, raw);
    return source -> UserJson.read(Texts.of(source), type);
  }

  private static Converter optional(Converter value) {
    return source -> Optional.ofNullable(value.convert(source));
  }

  /** A form needs the request's headers too, not only its body. */
  private static Converter request(Converter body, boolean form) {
    return source -> {
      if (source instanceof Payload.Native(HttpRequest request)) {
        return new RequestMessage<>(request, body.convert(form ? source : request.body()));
      }
      throw new ConversionException("this trigger is not an HTTP request");
    };
  }

  private static Object same(Object value, Class<?> raw) throws ConversionException {
    if (raw.isInstance(value)) {
      return value;
    }
    throw new ConversionException("this binding gives a " + value.getClass().getName());
  }

  private static InputStream stream(Payload source) throws ConversionException {
    if (source instanceof Payload.Stream stream) {
      try {
        return stream.opener().open();
      } catch (IOException e) {
        throw new ConversionException("the stream can't be opened: " + e.getMessage(), e);
      }
    }
    return new ByteArrayInputStream(Texts.bytes(source));
  }

  /** The only type argument; Object for a raw type. */
  static Type argument(Type type) {
    return type instanceof ParameterizedType parameterized
        ? bound(parameterized.getActualTypeArguments()[0])
        : Object.class;
  }

  private static Type component(Type type, Class<?> raw) {
    return type instanceof GenericArrayType array
        ? array.getGenericComponentType()
        : raw.getComponentType();
  }

  private static Type bound(Type argument) {
    return switch (argument) {
      case WildcardType wildcard -> wildcard.getUpperBounds()[0];
      case TypeVariable<?> variable -> variable.getBounds()[0];
      default -> argument;
    };
  }
}
